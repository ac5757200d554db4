import { Cluster, type Redis } from "ioredis";

/** A connection for commands, which is shared: who made it closes it. */
export type QueueClient = Redis | Cluster;

const OWN = { lazyConnect: true, enableOfflineQueue: true } as const;

/**
 * A connection of its own that hears hints. Some may have been missed whenever it connects, so that it takes for one; and
 * it subscribes anew each time, also where the first time failed.
 */
export function subscriberOf(client: QueueClient, channels: readonly string[], hint: () => void): QueueClient {
  const subscriber =
    client instanceof Cluster ? client.duplicate([], OWN) : client.duplicate({ ...OWN, autoResubscribe: false });
  subscriber.on("error", () => undefined); // it connects again by itself
  subscriber.on("message", hint);
  subscriber.on("ready", () => {
    subscriber.subscribe(...channels).then(hint, () => undefined);
  });
  subscriber.connect().catch(() => undefined);
  return subscriber;
}
