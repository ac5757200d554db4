import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import type { SqliteDriverName } from "../../src/store/sqlite/driver.ts";
import { nodeSqliteDriver } from "../../src/store/sqlite/node-sqlite.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import { describeStoreContract } from "../../src/testing/store/contract.ts";

let folder = "";
let files = 0;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "parzen-sqlite-"));
});
afterAll(() => rm(folder, { recursive: true }));

// Node 20 has no node:sqlite; tests/on-other-nodes.sh runs these tests where there is one.
const hasNodeSqlite = await nodeSqliteDriver().then(
  () => true,
  () => false,
);
const drivers: readonly SqliteDriverName[] = hasNodeSqlite ? ["libsql", "node:sqlite"] : ["libsql"];

for (const driver of drivers) {
  describeStoreContract(`SQLite by ${driver}`, ({ now }) =>
    openSqliteStore(join(folder, `${files++}`, "store.db"), { driver, now }),
  );
}
