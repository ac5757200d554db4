import { ParzenError } from "../../errors.ts";
import type { SqliteDriver, SqliteDriverName } from "./driver.ts";
import { libsqlDriver } from "./libsql.ts";
import { nodeSqliteDriver } from "./node-sqlite.ts";

const DRIVERS: Readonly<Record<SqliteDriverName, () => Promise<SqliteDriver>>> = {
  libsql: libsqlDriver,
  "node:sqlite": nodeSqliteDriver,
};

/**
 * Loads the driver of that name; without one libsql, and where it has no build for this platform, Node's own.
 *
 * @throws DEPENDENCY_MISSING
 */
export async function loadDriver(name?: SqliteDriverName): Promise<SqliteDriver> {
  const causes: unknown[] = [];
  for (const candidate of name === undefined ? (["libsql", "node:sqlite"] as const) : [name]) {
    try {
      return await DRIVERS[candidate]();
    } catch (cause) {
      causes.push(cause);
    }
  }
  throw new ParzenError("DEPENDENCY_MISSING", `SQLite cannot be loaded: ${causes.map(String).join("; ")}`, {
    hint: "Install again without --omit=optional, or use Node 22.13 or newer; a bundler has to leave parzen external",
    cause: causes[0],
  });
}
