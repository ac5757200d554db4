import { Cluster } from "ioredis";
import { keepConnected, type RedisClient } from "../../store/redis/connection.ts";

/** A connection for commands, which is shared: who made it closes it. */
export type QueueClient = RedisClient;

const OWN = { lazyConnect: true, enableOfflineQueue: true } as const;

/**
 * Hears hints over a connection of its own. Some may have been missed whenever it connects, so that counts as one; and
 * it subscribes anew each time, also where the first time failed.
 *
 * @returns what ends it
 */
export function hearHints(client: QueueClient, channels: readonly string[], hint: () => void): () => void {
  const subscriber =
    client instanceof Cluster ? client.duplicate([], OWN) : client.duplicate({ ...OWN, autoResubscribe: false });
  const end = keepConnected(subscriber);
  subscriber.on("error", () => undefined); // it connects again by itself
  subscriber.on("message", hint);
  subscriber.on("ready", () => {
    subscriber.subscribe(...channels).then(hint, () => undefined);
  });
  subscriber.connect().catch(() => undefined);
  return end;
}
