import { ParzenError } from "../errors.ts";
import { maskLocation } from "./location.ts";
import type { Store, StoreClock } from "./store.ts";

/** Two letters or more and a colon: one letter is a drive of Windows. */
const SCHEME = /^([a-z][a-z0-9+.-]+):/i;

/**
 * Opens the store at a location; a file that does not exist is made, with its folder.
 *
 * @param location `memory:`, a path, or `sqlite:` and a path
 * @throws OPTION_INVALID for any other scheme, STORE_UNAVAILABLE, STORE_CORRUPT, STORE_NEWER, STORE_FULL
 */
export async function openStore(location: string, options: StoreClock = {}): Promise<Store> {
  const scheme = SCHEME.exec(location)?.[1]?.toLowerCase();
  if (scheme === "memory") return openMemory(location, options);
  if (scheme === undefined || scheme === "sqlite") return openSqlite(location, options);
  if (scheme === "redis" || scheme === "rediss") {
    throw new ParzenError(
      "OPTION_INVALID",
      `store: ${maskLocation(location)} is a Redis URL, which this version cannot open`,
      {
        hint: "Stores in Redis come with a later version; take a path such as .parzen/parzen.db",
      },
    );
  }
  const known = "a path, sqlite:<path> or memory:";
  throw new ParzenError("OPTION_INVALID", `store: expected ${known}, received ${maskLocation(location)}`, {
    hint: `A file of that name is ./${maskLocation(location)}`,
  });
}

async function openMemory(location: string, options: StoreClock): Promise<Store> {
  if (location.length > "memory:".length) {
    throw new ParzenError("OPTION_INVALID", `store: expected nothing after memory:, received ${location}`);
  }
  const { memoryStore } = await import("./memory.ts");
  return memoryStore(options);
}

async function openSqlite(location: string, options: StoreClock): Promise<Store> {
  const path = location.replace(/^sqlite:(\/\/)?/i, "");
  if (path === "") {
    throw new ParzenError("OPTION_INVALID", `store: expected the path of a file, received ${JSON.stringify(location)}`);
  }
  const { openSqliteStore } = await import("./sqlite/sqlite.ts");
  return openSqliteStore(path, options);
}
