import type { ParzenError } from "../errors.ts";
import { checkOptions } from "../trial/option-check.ts";
import { checkLocation, fileOf, invalidLocation, maskLocation, schemeOf, showLocation } from "./location.ts";
import { STORE_LAWS } from "./option-laws.ts";
import type { Store, StoreClock } from "./store.ts";

/** Settings that only some kinds of stores have are ignored by the others. */
export interface OpenStoreOptions extends StoreClock {
  /**
   * Directory for files of trials, e.g. one that every machine reaches. Default `artifacts/` beside a file, and in Redis
   * itself; of what is in memory, files are too.
   */
  readonly artifacts?: string;
  /** Hears what is unwise about a server, such as that it keeps nothing on disk. Default a warning of the process. */
  readonly warn?: (message: string) => void;
}

const REDIS = /^rediss?(\+(sentinel|cluster))?$/;

/**
 * Opens the store at a location; a file that does not exist is made, with its folder.
 *
 * @param location `memory:`, a path, `sqlite:` and a path, or the URL of a Redis server, as `redisStore` takes it
 * @throws OPTION_INVALID for any other scheme, one in quotes or behind blanks, and a wrong option; STORE_UNAVAILABLE, STORE_CORRUPT,
 * STORE_NEWER, STORE_FULL
 */
export async function openStore(location: string, options: OpenStoreOptions = {}): Promise<Store> {
  if (typeof location !== "string") throw unknownLocation(showLocation(location));
  checkOptions(options, STORE_LAWS);
  checkLocation(location);
  const file = fileOf(location);
  if (file === "") throw invalidLocation("the path of a file", JSON.stringify(location));
  if (file !== null) return openSqlite(file, options);
  const scheme = schemeOf(location) ?? "";
  if (scheme === "memory") return openMemory(location, options);
  if (REDIS.test(scheme)) return openRedis(location, options);
  const masked = maskLocation(location);
  throw unknownLocation(masked, `A file of that name is ./${masked}`);
}

function unknownLocation(received: string, hint?: string): ParzenError {
  return invalidLocation("a path, sqlite:<path>, redis://<host> or memory:", received, hint);
}

async function openMemory(location: string, options: StoreClock): Promise<Store> {
  if (location.length > "memory:".length) throw invalidLocation("nothing after memory:", location);
  const { memoryStore } = await import("./memory.ts");
  return memoryStore(options);
}

async function openSqlite(file: string, options: OpenStoreOptions): Promise<Store> {
  const { openSqliteStore } = await import("./sqlite/sqlite.ts");
  return openSqliteStore(file, options);
}

async function openRedis(location: string, options: OpenStoreOptions): Promise<Store> {
  const { openRedisStore } = await import("./redis/redis.ts");
  return openRedisStore(location, options);
}
