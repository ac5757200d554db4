import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ParzenError } from "../../../src/errors.ts";
import { openStore } from "../../../src/store/open.ts";
import { storeFailure } from "../../../src/store/sqlite/failure.ts";
import { loadDriver } from "../../../src/store/sqlite/load.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { SETTINGS, specOf, temporaryFolder } from "../fixtures.ts";

test.each([
  ["SQLITE_BUSY", 5, "STORE_UNAVAILABLE", "is locked by another process"],
  ["SQLITE_BUSY_RECOVERY", 261, "STORE_UNAVAILABLE", "is locked by another process"],
  ["SQLITE_LOCKED_SHAREDCACHE", 262, "STORE_UNAVAILABLE", "is locked by another process"],
  ["SQLITE_PROTOCOL", 15, "STORE_UNAVAILABLE", "is locked by another process"],
  ["SQLITE_PERM", 3, "STORE_UNAVAILABLE", "cannot be written"],
  ["SQLITE_READONLY_DBMOVED", 1032, "STORE_UNAVAILABLE", "cannot be written"],
  ["SQLITE_AUTH", 23, "STORE_UNAVAILABLE", "cannot be written"],
  ["SQLITE_CORRUPT_INDEX", 779, "STORE_CORRUPT", "is damaged or no SQLite database"],
  ["SQLITE_NOTADB", 26, "STORE_CORRUPT", "is damaged or no SQLite database"],
  ["SQLITE_FULL", 13, "STORE_FULL", "no space left"],
  ["SQLITE_IOERR_WRITE", 778, "STORE_UNAVAILABLE", "it cannot be opened, read or written"],
  ["SQLITE_CANTOPEN", 14, "STORE_UNAVAILABLE", "it cannot be opened, read or written"],
])("%s is told in words", async (_name, resultCode, code, message) => {
  const path = join(await temporaryFolder(), "store.db");
  const cause = new Error("as SQLite has it");
  const failure = storeFailure(cause, path, resultCode);
  expect(failure).toMatchObject({ code, message: expect.stringContaining(message), cause });
  expect(failure).toMatchObject({ message: expect.stringContaining(path), hint: expect.any(String) });
});

test("a link that leads to itself is told in words", async () => {
  const path = join(await temporaryFolder(), "store.db");
  await symlink("store.db", path);
  await expect(openStore(path)).rejects.toMatchObject({
    code: "STORE_UNAVAILABLE",
    message: `the store ${path} is not available: it is a link that leads to itself`,
  });
});

test("what another program took out of a file is damage", async () => {
  const path = join(await temporaryFolder(), "store.db");
  const store = await openStore(path);
  await store.createStudy(specOf("study"), SETTINGS);
  await store.close();
  for (const sql of ["ALTER TABLE study RENAME COLUMN notes TO other", "DROP TABLE study"]) {
    const connection = (await loadDriver()).open(path);
    connection.exec(`PRAGMA foreign_keys = OFF; ${sql}`);
    connection.close();
    const damaged = await openStore(path);
    expect(await rejectionOf(() => damaged.createStudy(specOf("another"), SETTINGS))).toMatchObject({
      code: "STORE_CORRUPT",
      message: expect.stringMatching(/^the store \S+store\.db is damaged: (no such table: study|.*column.*notes)$/),
      hint: expect.any(String),
    });
    await damaged.close();
  }
});

test.each([
  ["UPDATE study SET notes = '{bad'", 'its column notes holds "{bad"'],
  ["UPDATE study SET spec = ''", 'its column spec holds ""'],
  ["PRAGMA user_version = 0", "its schema has version 0"],
  ["PRAGMA user_version = -3", "its schema has version -3"],
])("what no store holds is damage of the file that has it: %s", async (sql, what) => {
  const path = join(await temporaryFolder(), "store.db");
  const store = await openStore(path);
  await store.createStudy(specOf("study"), SETTINGS);
  await store.close();
  const connection = (await loadDriver()).open(path);
  connection.exec(sql);
  connection.close();
  const looked = rejectionOf(async () => (await openStore(path)).findStudy("study"));
  expect(await looked).toMatchObject({ code: "STORE_CORRUPT", message: `the store ${path} is damaged: ${what}` });
});

test("what no other time or place would mend stays as it is", () => {
  const error = new Error('near "SELEC": syntax error');
  expect(storeFailure(error, "store.db", 1)).toBe(error);
  expect(storeFailure(error, "store.db", null)).toBe(error);
  const known = new ParzenError("STORE_FULL", "told already");
  expect(storeFailure(known, "store.db", 5)).toBe(known);
});
