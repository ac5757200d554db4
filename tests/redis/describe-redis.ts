import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, inject } from "vitest";
import { type RedisServer, startRedis } from "./server.ts";
// Declares what `inject` gives.
import type {} from "./setup.ts";

/** A suite that starts Redis servers of its own; left out where none can be started, as the run said once. */
export function describeRedis(title: string, body: () => void): void {
  describe.skipIf(inject("redis").program === null)(title, body);
}

/**
 * A suite for which any server will do: that of REDIS_URL, else one of its own. Its keys begin with `{<prefix>-`, and are
 * removed afterwards.
 */
export function describeAnyRedis(title: string, prefix: string, body: (url: () => string) => void): void {
  const { url, program } = inject("redis");
  describe.skipIf(url === null && program === null)(title, () => {
    let own: RedisServer | undefined;
    beforeAll(async () => {
      if (url === null) own = await startRedis();
    });
    afterAll(async () => {
      if (url !== null) await removeKeys(url, `{${prefix}-*`);
      await own?.stop();
    });
    body(() => url ?? own?.url ?? "");
  });
}

async function removeKeys(url: string, pattern: string): Promise<void> {
  const client = new Redis(url);
  for await (const keys of client.scanStream({ match: pattern, count: 1000 })) {
    if (keys.length > 0) await client.unlink(...keys);
  }
  client.disconnect();
}
