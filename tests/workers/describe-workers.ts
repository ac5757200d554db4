import type { Redis } from "ioredis";
import { afterAll, afterEach, beforeAll } from "vitest";
import { memoryStore } from "../../src/store/memory.ts";
import type { Store } from "../../src/store/store.ts";
import { connect } from "../executor/bullmq/connect.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";
import { Workers } from "./harness.ts";

/** What a test of workers begins with: a Redis server that is empty, for their queues, and an empty store in memory. */
export interface Begun {
  readonly client: Redis;
  readonly store: Store;
  readonly workers: Workers;
}

/** Begins a test; `now` is the clock of its store. */
type Begin = (now?: () => number) => Promise<Begun>;

/** A suite with a Redis server of its own, whose workers are ended after each test. */
export function describeWorkers(title: string, body: (begin: Begin) => void): void {
  describeRedis(title, () => {
    let server: RedisServer;
    let client: Redis;
    let workers: Workers | undefined;
    beforeAll(async () => {
      server = await startRedis();
      client = connect(server.url);
    });
    afterEach(() => workers?.end());
    afterAll(async () => {
      client.disconnect();
      await server.stop();
    });
    body(async (now) => {
      await client.flushall();
      const store = memoryStore(now === undefined ? {} : { now });
      workers = new Workers(store, client);
      return { client, store, workers };
    });
  });
}
