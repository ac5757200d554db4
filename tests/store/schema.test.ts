import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { Database } from "../../src/store/sqlite/database.ts";
import type { SqliteDriver } from "../../src/store/sqlite/driver.ts";
import { loadDriver } from "../../src/store/sqlite/load.ts";
import { MIGRATIONS, migrate } from "../../src/store/sqlite/schema.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import { rejectionOf, thrownBy } from "../thrown-by.ts";
import { addComplete, SETTINGS, specOf, temporaryFolder } from "./fixtures.ts";

const driver = await loadDriver();

async function newPath(): Promise<string> {
  return join(await temporaryFolder(), "store.db");
}

/** Runs SQL on a file as another program could. */
function runSql(path: string, sql: string): void {
  const connection = driver.open(path);
  connection.exec(sql);
  connection.close();
}

test("a store that the first schema wrote is read whole and goes on", async () => {
  const path = await newPath();
  runSql(path, await readFile(new URL("../fixtures/stores/schema-1.sql", import.meta.url), "utf8"));
  const store = await openStore(path);
  const { study, trials, imported } = await store.snapshot("of version 1", 0);
  expect(study).toMatchObject({ sequence: 17, nextNumber: 4, seed: 3, where: [], notes: { file: "sweep.ts" } });
  expect(trials.map(({ state }) => state)).toEqual(["complete", "failed", "queued", "pruned"]);
  expect(trials[1]?.reports).toEqual([{ step: 0, value: Number.NaN }]);
  expect(imported[0]?.result).toEqual({ kind: "complete", losses: [Number.POSITIVE_INFINITY] });
  expect(await store.findTrial("of version 1", 3)).toMatchObject({ step: 0, log: "log 3" });
  expect(await addComplete(store, "of version 1")).toBe(4);
  await store.close();
});

test("migrations run once each, in order, from wherever a file is", async () => {
  const path = await newPath();
  const store = await openStore(path);
  await store.createStudy(specOf("kept"), SETTINGS);
  await store.close();
  const next = [
    ...MIGRATIONS,
    "ALTER TABLE study ADD COLUMN owner TEXT NOT NULL DEFAULT 'nobody'",
    "UPDATE study SET owner = owner || ' yet'",
  ];
  const database = new Database(driver, path, 1000);
  migrate(database, next.slice(0, -1));
  migrate(database, next);
  migrate(database, next);
  expect(database.get("SELECT name, owner FROM study")).toMatchObject({ name: "kept", owner: "nobody yet" });
  expect(database.get("PRAGMA user_version")).toMatchObject({ user_version: next.length });
  database.close();
});

test("a migration that fails changes nothing", async () => {
  const path = await newPath();
  await (await openStore(path)).close();
  const database = new Database(driver, path, 1000);
  const broken = [...MIGRATIONS, "CREATE TABLE extra (x); INSERT INTO nowhere VALUES (1)"];
  expect(String(thrownBy(() => migrate(database, broken)))).toContain("nowhere");
  expect(database.get("SELECT name FROM sqlite_schema WHERE name = 'extra'")).toBeUndefined();
  expect(database.get("PRAGMA user_version")).toMatchObject({ user_version: MIGRATIONS.length });
  database.close();
});

test("a file that another process makes a store while it is looked at is no foreign one", async () => {
  const path = await newPath();
  const other = new Database(driver, path, 1);
  /** Before the second look the other one comes in, if it is let. */
  class Slow extends Database {
    override get(...query: Parameters<Database["get"]>): ReturnType<Database["get"]> {
      if (query[0] === "PRAGMA user_version") letIn(other);
      return super.get(...query);
    }
  }
  const database = new Slow(driver, path, 1000);
  migrate(database);
  expect(database.get("SELECT count(*) AS studies FROM study")).toMatchObject({ studies: 0 });
  database.close();
  other.close();
});

function letIn(other: Database): void {
  try {
    migrate(other);
  } catch {
    // it has to wait
  }
}

test("a newer file is refused by name of its version, and closed again", async () => {
  const path = await newPath();
  await (await openStore(path)).close();
  runSql(path, "PRAGMA user_version = 99");
  const error = await rejectionOf(() => openStore(path));
  expect(error).toMatchObject({ code: "STORE_NEWER", message: expect.stringContaining("version 99") });
  expect(error).toMatchObject({ message: expect.stringContaining(`up to version ${MIGRATIONS.length}`) });
  expect(error).toMatchObject({ hint: expect.stringContaining("Update parzen") });
  let closed = 0;
  const counting: SqliteDriver = {
    ...driver,
    open: (file) => {
      const connection = driver.open(file);
      const close = (): void => {
        closed++;
        connection.close();
      };
      return { ...connection, close };
    },
  };
  expect(await rejectionOf(() => openSqliteStore(path, { driver: counting }))).toMatchObject({ code: "STORE_NEWER" });
  expect(closed).toBe(1);
});

test("a database of another program is refused and left as it is", async () => {
  const path = await newPath();
  runSql(path, "CREATE TABLE theirs (x); PRAGMA user_version = 1");
  const before = await readFile(path);
  const error = await rejectionOf(() => openStore(path));
  expect(error).toMatchObject({ code: "STORE_CORRUPT", message: expect.stringContaining("not one of parzen") });
  expect(await readFile(path)).toEqual(before);
});

test("a document that is none is damage, which says where", async () => {
  const path = await newPath();
  const store = await openStore(path);
  await store.createStudy(specOf("study"), SETTINGS);
  await addComplete(store, "study");
  runSql(path, `UPDATE trial SET document = '{"state":'`);
  const message = expect.stringContaining("its column document holds");
  await expect(store.snapshot("study", 0)).rejects.toMatchObject({ code: "STORE_CORRUPT", message });
  await store.close();
});
