import { execFileSync } from "node:child_process";
import { copyFile, mkdir, open, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, describe, expect, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import type { SqliteDriver } from "../../src/store/sqlite/driver.ts";
import { loadDriver } from "../../src/store/sqlite/load.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";
import type { Store } from "../../src/store/store.ts";
import { addComplete, SETTINGS, specOf, temporaryFolder } from "../store/fixtures.ts";
import { rejectionOf } from "../thrown-by.ts";

const driver = await loadDriver();

/** The driver, with a setting of SQLite on every connection that it opens. */
function withPragma(pragma: string): SqliteDriver {
  return {
    ...driver,
    open: (path) => {
      const connection = driver.open(path);
      connection.exec(pragma);
      return connection;
    },
  };
}

const mounted: string[] = [];

afterEach(() => {
  for (const folder of mounted.splice(0)) execFileSync("umount", ["-l", folder]);
});

/** Runs `mount`, which only root may: the places below are those that this machine can make. */
function mount(folder: string, ...options: readonly string[]): boolean {
  try {
    execFileSync("mount", [...options, folder], { stdio: "ignore" });
    if (!mounted.includes(folder)) mounted.push(folder);
    return true;
  } catch {
    return false;
  }
}

async function fill(store: Store, study: string): Promise<{ readonly error: unknown; readonly stored: number }> {
  for (let stored = 0; stored < 100_000; stored++) {
    const error = await addComplete(store, study).then(
      () => null,
      (failure: unknown) => failure,
    );
    if (error !== null) return { error, stored };
  }
  throw new Error("the disk never got full");
}

test("a file that was moved away takes nothing until it is back", async () => {
  const folder = join(await temporaryFolder(), "stores");
  const path = join(folder, "store.db");
  const store = await openStore(path);
  await store.createStudy(specOf("study"), SETTINGS);
  await rename(folder, `${folder}.away`);
  const message = `the store ${path} is not available: its file is gone`;
  expect(await rejectionOf(() => addComplete(store, "study"))).toMatchObject({ code: "STORE_UNAVAILABLE", message });
  await rename(`${folder}.away`, folder);
  await addComplete(store, "study");
  expect((await store.snapshot("study", 0)).trials.map(({ state }) => state)).toEqual(["complete"]);
  await store.close();
});

test("a file that another one has taken the place of takes nothing", async () => {
  const folder = join(await temporaryFolder(), "stores");
  const path = join(folder, "store.db");
  const store = await openStore(path);
  await store.createStudy(specOf("study"), SETTINGS);
  await rm(folder, { recursive: true });
  const other = await openStore(path);
  expect(await rejectionOf(() => addComplete(store, "study"))).toMatchObject({ code: "STORE_UNAVAILABLE" });
  await store.close();
  await other.createStudy(specOf("study"), SETTINGS);
  await addComplete(other, "study");
  await other.close();
});

describe("a full disk", () => {
  test("fails the call that found it, and keeps what was stored before", async () => {
    const path = join(await temporaryFolder(), "store.db");
    const limited = await openSqliteStore(path, { driver: withPragma("PRAGMA max_page_count = 60") });
    await limited.createStudy(specOf("study"), SETTINGS);
    await expectFull(limited, path);
    await limited.close();
    const store = await openStore(path);
    const stored = (await store.snapshot("study", 0)).trials.length;
    expect(stored).toBeGreaterThan(5);
    expect(await addComplete(store, "study")).toBe(stored);
    await store.close();
  });

  test("is told from other failures of a file system", async () => {
    const folder = await temporaryFolder();
    // Without the right to mount, a device that is always full: nothing can be made on it.
    const place = mount(folder, "-t", "tmpfs", "-o", "size=300k", "tmpfs") ? join(folder, "new", "store.db") : null;
    if (place === null) {
      expect(await rejectionOf(() => openStore("/dev/full/store.db"))).toMatchObject({ code: "STORE_UNAVAILABLE" });
      return;
    }
    const store = await openStore(place);
    await store.createStudy(specOf("study"), SETTINGS);
    await expectFull(store, place);
    expect((await store.snapshot("study", 0)).trials.length).toBeGreaterThan(0);
    await store.close();
  });
});

async function expectFull(store: Store, path: string): Promise<void> {
  const { error, stored } = await fill(store, "study");
  expect(error).toMatchObject({ code: "STORE_FULL", message: expect.stringContaining(path) });
  expect(error).toMatchObject({ hint: expect.stringContaining("Free some space") });
  const complete = (await store.snapshot("study", 0)).trials.filter(({ state }) => state === "complete");
  expect(complete).toHaveLength(stored);
}

describe("a place that cannot be written", () => {
  test.each(["below-a-file", "a-folder", "the-system"])("%s is not available", async (place) => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "file"), "");
    const path = {
      "below-a-file": join(folder, "file", "store.db"),
      "a-folder": folder,
      "the-system": "/sys/new/store.db",
    }[place];
    const error = await rejectionOf(() => openStore(path ?? ""));
    expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining(path ?? "") });
    expect(error).toMatchObject({ hint: expect.stringContaining("another place for the store") });
  });

  test("a read-only file can be read, and says so when it is written", async () => {
    const path = join(await temporaryFolder(), "store.db");
    const store = await openStore(path);
    await store.createStudy(specOf("study"), SETTINGS);
    await store.close();
    const reader = await openSqliteStore(path, { driver: withPragma("PRAGMA query_only = ON") });
    expect(await reader.listStudies()).toHaveLength(1);
    const error = await rejectionOf(() => reader.createStudy(specOf("other"), SETTINGS));
    expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining("cannot be written") });
    await reader.close();
  });

  test("a read-only disk is not available", async () => {
    const folder = await temporaryFolder();
    const disk = await temporaryFolder();
    await mkdir(join(folder, "there"));
    const isMounted = mount(disk, "--bind", folder) && mount(disk, "-o", "remount,ro,bind");
    const root = isMounted ? disk : "/proc/self";
    for (const place of ["there/store.db", "new/store.db"]) {
      const error = await rejectionOf(() => openStore(join(root, place)));
      expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining(join(root, place)) });
    }
  });
});

describe("a damaged file", () => {
  test("that is no database is named as such, and not touched", async () => {
    const path = join(await temporaryFolder(), "store.db");
    await writeFile(path, "no database ".repeat(500));
    const error = await rejectionOf(() => openStore(path));
    expect(error).toMatchObject({ code: "STORE_CORRUPT", message: expect.stringContaining(path) });
  });

  test("with overwritten pages is found out at the latest when they are read", async () => {
    const path = join(await temporaryFolder(), "store.db");
    const store = await openStore(path);
    await store.createStudy(specOf("study"), SETTINGS);
    for (let index = 0; index < 50; index++) await addComplete(store, "study");
    await store.close();
    const copy = `${path}.copy`;
    await copyFile(path, copy);
    const file = await open(copy, "r+");
    await file.write(Buffer.alloc(40_000, 0xa5), 0, 40_000, 8192);
    await file.close();
    const error = await rejectionOf(async () => (await openStore(copy)).snapshot("study", 0));
    expect(error).toMatchObject({ code: "STORE_CORRUPT", message: expect.stringContaining(copy) });
  });
});

test("a store that another process keeps locked is not available, and the same call succeeds later", async () => {
  const path = join(await temporaryFolder(), "store.db");
  const store = await openSqliteStore(path, { busyTimeoutMs: 30 });
  await store.createStudy(specOf("study"), SETTINGS);
  const number = await addQueued(store);
  const claim = { holder: { host: "h", pid: 1, started: "s", slot: 0 }, leaseMs: 1000, version: null };
  await store.claim("study", number, claim);
  const commit = () =>
    store.commit("study", number, { attempt: 1 }, { outcome: { kind: "complete", losses: [1] }, log: "" });
  const other = driver.open(path);
  other.exec("BEGIN EXCLUSIVE"); // beside which a log lets others read
  expect((await store.snapshot("study", 0)).trials).toHaveLength(1);
  const error = await rejectionOf(commit);
  expect(error).toMatchObject({ code: "STORE_UNAVAILABLE", message: expect.stringContaining("locked by another") });
  other.exec("COMMIT");
  expect(await commit()).toMatchObject({ kind: "committed" });
  expect(await commit()).toEqual({ kind: "ignored" });
  other.close();
  await store.close();
});

async function addQueued(store: Store): Promise<number> {
  const proposal = { expectedNumber: null, basis: 0, assignment: { x: 1 }, memo: null, origin: "sampler" } as const;
  const reserved = await store.reserve("study", proposal);
  return reserved.kind === "reserved" ? reserved.trial.number : -1;
}
