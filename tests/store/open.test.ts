import { execFile } from "node:child_process";
import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { isAbsent } from "../../src/store/absent.ts";
import { openStore } from "../../src/store/open.ts";
import { openRedisStore } from "../../src/store/redis/redis.ts";
import { rejectionOf } from "../thrown-by.ts";
import { SETTINGS, specOf, temporaryFolder } from "./fixtures.ts";

test("memory: keeps nothing", async () => {
  const store = await openStore("memory:");
  expect(store).toMatchObject({ location: "memory:", isDurable: false });
  expect(store.artifacts.of("id", 0, 1).directory).toBeNull();
});

test("a path and a sqlite: URL are the same file, made with its folder, artifacts beside it", async () => {
  const path = join(await temporaryFolder(), "new folder", "größe.db");
  const first = await openStore(path);
  expect(first).toMatchObject({ location: path, isDurable: true });
  expect(first.artifacts.of("id", 3, 1).directory).toBe(join(path, "..", "artifacts", "id", "3"));
  await first.createStudy(specOf("a"), SETTINGS);
  await first.close();
  for (const url of [`sqlite:${path}`, `sqlite://${path}`, `SQLite:${path}`]) {
    const again = await openStore(url);
    expect((await again.findStudy("a"))?.name).toBe("a");
    await again.close();
  }
});

test.each(["none.db", "sqlite:none.db", "sqlite:digits:none.db", "sqlite://none.db", "C:none.db"])(
  "%s is a file that is not there",
  (location) => expect(isAbsent(location)).toBe(true),
);

test.each(["redis://host/none.db", "rediss+cluster://a,b", "memory:", "postgres://host/db", "sqlite:", ""])(
  "%s is no file that is not there",
  (location) => expect(isAbsent(location)).toBe(false),
);

test("a closed store says so, and closing it again does nothing", async () => {
  const store = await openStore(join(await temporaryFolder(), "s.db"));
  await store.close();
  await store.close();
  expect(await rejectionOf(() => store.listStudies())).toMatchObject({ code: "STORE_UNAVAILABLE" });
});

test("what is wrong with a file is told in words for a program and for the command line", async () => {
  const folder = await temporaryFolder();
  writeFileSync(join(folder, "text"), "no database");
  for (const path of ["text/s.db", "."]) {
    const error = await rejectionOf(() => openStore(join(folder, path)));
    expect(error).toMatchObject({ hint: expect.stringMatching(/another place for the store$/) });
  }
});

test("after close the one file is the whole store", async () => {
  const { copyFile } = await import("node:fs/promises");
  const folder = await temporaryFolder();
  const store = await openStore(join(folder, "s.db"));
  await store.createStudy(specOf("a"), SETTINGS);
  await store.close();
  await copyFile(join(folder, "s.db"), join(folder, "copy.db"));
  const copy = await openStore(join(folder, "copy.db"));
  expect((await copy.listStudies()).map(({ name }) => name)).toEqual(["a"]);
  await copy.close();
});

test.each([
  ["redis://user:secret@host/some", "OPTION_INVALID", "number of a database"],
  ["rediss://:secret@host:port", "OPTION_INVALID", "host:port"],
  ["postgres://user:secret@host/db", "OPTION_INVALID", "expected a path, sqlite:<path>, redis://<host> or memory:"],
  [
    '"redis://user:secret@host"',
    "OPTION_INVALID",
    'without quotes or blanks around it, received "redis://user:***@host"',
  ],
  ["\tsqlite:a.db", "OPTION_INVALID", "without quotes or blanks"],
  [":memory:", "OPTION_INVALID", "store: expected memory: for a store in memory, received :memory:"],
  ["a\0.db", "OPTION_INVALID", 'store: expected a location without the character NUL, received "a\\u0000.db"'],
  ["memory:x", "OPTION_INVALID", "nothing after memory:"],
  ["sqlite:", "OPTION_INVALID", "path of a file"],
  ["", "OPTION_INVALID", "path of a file"],
  // What a variable of the environment is that nobody set, for callers without types.
  [undefined, "OPTION_INVALID", "expected a path, sqlite:<path>, redis://<host> or memory:, received undefined"],
  [new URL("redis://user:secret@host"), "OPTION_INVALID", 'memory:, received URL "redis://user:***@host"'],
])("%s is refused", async (location, code, message) => {
  const error = await rejectionOf(() => openStore(location as string));
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
  expect(JSON.stringify([String(error), error])).not.toContain("secret");
});

test.each([
  [null, "options: expected an object, received null"],
  [Promise.resolve({}), "options: expected an object, received Promise {}"],
  [{ artefacts: "a" }, 'artefacts: there is no such option (did you mean "artifacts"?)'],
  [{ artifacts: 5 }, "artifacts: expected the path of a directory, received 5"],
  [{ warn: "no" }, 'warn: expected a function, received "no"'],
  [{ now: 5 }, "now: expected a function, received 5"],
])("the options %s are refused, and no file is made", async (options, message) => {
  const path = join(await temporaryFolder(), "s.db");
  const refused = { code: "OPTION_INVALID", message };
  for (const location of ["memory:", path, "redis://127.0.0.1:1"]) {
    expect(await rejectionOf(() => openStore(location, options as never))).toMatchObject(refused);
  }
  expect(existsSync(path)).toBe(false);
});

test.each([
  [undefined, {}, "store: undefined: expected redis://[user:password@]host:port/db"],
  [null, {}, "store: null: expected redis://"],
  [new URL("redis://me:secret@host"), {}, 'store: URL "redis://me:***@host": expected redis://'],
  ["redis://127.0.0.1:1", null, "options: expected an object, received null"],
  ["redis://127.0.0.1:1", Promise.resolve({}), "options: expected an object, received Promise {}"],
  ["redis://127.0.0.1:1", { prefx: "a" }, 'prefx: there is no such option (did you mean "prefix"?)'],
  ["redis://127.0.0.1:1", { prefix: 5 }, "prefix: expected a text, received 5"],
  [
    "redis://127.0.0.1:1",
    { connectTimeoutMs: 0 },
    "connectTimeoutMs: expected milliseconds from 1 to 2147483647, received 0",
  ],
  ["redis://127.0.0.1:1", { connectTimeoutMs: 1e10 }, "connectTimeoutMs: expected milliseconds from 1 to 2147483647"],
  ["redis://127.0.0.1:1", { commandTimeoutMs: "5s" }, 'from 1 to 2147483647, received "5s"'],
  ["redis://127.0.0.1:1", { artifacts: 5 }, "artifacts: expected the path of a directory, or a place of one's own"],
])("redisStore refuses %s with %o before it connects", async (url, options, message) => {
  const error = await rejectionOf(() => openRedisStore(url as string, options as never));
  expect(error).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining(message) });
  expect(String(error)).not.toContain("secret");
});

test("no native module is loaded before a file is opened", async () => {
  const folder = await temporaryFolder();
  const open = fileURLToPath(new URL("../../dist/src/store/open.js", import.meta.url));
  expect(existsSync(open), "npm run build makes dist").toBe(true);
  const program = `
    const { openStore } = await import(${JSON.stringify(open)});
    const native = () => process.report.getReport().sharedObjects.filter((path) => path.endsWith(".node")).length;
    await openStore("memory:");
    const before = native();
    await openStore(${JSON.stringify(join(folder, "s.db"))});
    console.log(JSON.stringify([before, native()]));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "-e", program]);
  expect(JSON.parse(stdout)).toEqual([0, 1]);
});
