import { randomUUID } from "node:crypto";
import { openRedisStore } from "../../src/store/redis/redis.ts";
import { describeStoreContract } from "../../src/testing/store/contract.ts";
import { describeAnyRedis } from "../redis/describe-redis.ts";

const PREFIX = `contract-${randomUUID()}`;
let stores = 0;

describeAnyRedis("a store in Redis", PREFIX, (url) => {
  describeStoreContract("Redis", ({ now }) =>
    openRedisStore(url(), { prefix: `${PREFIX}-${stores++}`, now, warn: () => {} }),
  );
});
