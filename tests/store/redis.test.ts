import { randomUUID } from "node:crypto";
import { afterAll, beforeAll } from "vitest";
import { openRedisStore } from "../../src/store/redis/redis.ts";
import { describeStoreContract } from "../../src/testing/store-contract.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { type RedisServer, startRedis } from "../redis/server.ts";

describeRedis("a store in Redis", () => {
  let server: RedisServer;
  beforeAll(async () => {
    server = await startRedis();
  });
  afterAll(() => server.stop());

  describeStoreContract("Redis", ({ now }) =>
    openRedisStore(server.url, { prefix: `contract-${randomUUID()}`, now, warn: () => {} }),
  );
});
