/** Studies in a Redis or Valkey server, which drivers and workers on many machines share. */
export { openRedisStore as redisStore, type RedisStoreOptions } from "./redis.ts";
export type { RedisStore } from "./redis-store.ts";
