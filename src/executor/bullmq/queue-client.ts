import { Cluster } from "ioredis";
import type { RedisClient } from "../../store/redis/server/client.ts";
import { keepConnected } from "../../store/redis/server/connection.ts";

/** A connection for commands, which is shared: who made it closes it. */
export type QueueClient = RedisClient;

/**
 * For what BullMQ makes over such a connection: whoever opened it has looked at the server, and where BullMQ's own look
 * fails, or the connection ends under it, none of its commands ever goes well again.
 */
export const WITHOUT_LOOK = { skipVersionCheck: true, skipWaitingForReady: true } as const;

const OWN = { lazyConnect: true, enableOfflineQueue: true } as const;

/** Longest number that a hint may say. */
const MAX_DIGITS = 6;

/**
 * Hears hints over a connection of its own. Some may have been missed whenever it connects, so that counts as one; and
 * it subscribes anew each time, also where the first time failed.
 *
 * @param hint is told how many jobs came
 * @returns what ends it
 */
export function hearHints(client: QueueClient, channels: readonly string[], hint: (jobs: number) => void): () => void {
  const subscriber =
    client instanceof Cluster ? client.duplicate([], OWN) : client.duplicate({ ...OWN, autoResubscribe: false });
  const end = keepConnected(subscriber);
  subscriber.on("error", () => undefined); // it connects again by itself
  subscriber.on("message", (_channel: string, text: string) => hint(jobsOf(text)));
  subscriber.on("ready", () => {
    subscriber.subscribe(...channels).then(
      () => hint(1),
      () => undefined,
    );
  });
  subscriber.connect().catch(() => undefined);
  return end;
}

/** Whatever is no number is a hint all the same. */
function jobsOf(text: string): number {
  return text.length <= MAX_DIGITS && /^[1-9][0-9]*$/.test(text) ? Number(text) : 1;
}
