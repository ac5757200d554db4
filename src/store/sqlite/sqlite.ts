import { dirname, join, resolve } from "node:path";
import type { Store, StoreClock } from "../store.ts";
import { Database } from "./database.ts";
import type { SqliteDriver, SqliteDriverName } from "./driver.ts";
import { loadDriver } from "./load.ts";
import { prepareFile } from "./schema.ts";
import { SqliteStore } from "./sqlite-store.ts";

export interface SqliteStoreOptions extends StoreClock {
  /** By name, or one's own. Default libsql, and `node:sqlite` where libsql has no build for the platform. */
  readonly driver?: SqliteDriverName | SqliteDriver;
  /** How long a call waits for another process that writes. Default 10 s. */
  readonly busyTimeoutMs?: number;
  /** Directory for files of trials. Default `artifacts/` beside the file. */
  readonly artifacts?: string;
}

/**
 * Opens a database file, made with its folder where it does not exist. Several processes may have it open.
 *
 * It runs in WAL mode with `synchronous = NORMAL`: a commit survives the end of its process at once, and a power cut
 * after the next checkpoint; a power cut before takes the latest commits back and leaves the file intact.
 *
 * @throws STORE_UNAVAILABLE, STORE_CORRUPT, STORE_NEWER, STORE_FULL, DEPENDENCY_MISSING
 */
export async function openSqliteStore(path: string, options: SqliteStoreOptions = {}): Promise<Store> {
  const file = resolve(path);
  const driver = typeof options.driver === "object" ? options.driver : await loadDriver(options.driver);
  const database = new Database(driver, file, options.busyTimeoutMs ?? 10_000);
  try {
    prepareFile(database);
  } catch (error) {
    database.close();
    throw error;
  }
  const artifacts = options.artifacts ?? join(dirname(file), "artifacts");
  return new SqliteStore(database, { location: path, artifacts, now: options.now ?? Date.now });
}
