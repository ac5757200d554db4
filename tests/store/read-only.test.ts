import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, describe, expect, it } from "vitest";
import { createStudy, hp, random } from "../../src/index.ts";
import type { SqliteDriver } from "../../src/store/sqlite/driver.ts";
import { loadDriver } from "../../src/store/sqlite/load.ts";
import { openSqliteStore } from "../../src/store/sqlite/sqlite.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-read-only-"));
afterAll(() => rmSync(folder, { recursive: true }));

describe("a SQLite store that is only for reading", () => {
  it("is read, refuses every change, and keeps the files of a study that shall be deleted", async () => {
    const path = join(folder, "parzen.db");
    const space = { x: hp.uniform(0, 1) };
    const study = await createStudy({ name: "one", store: path, space, sampler: random(), maxTrials: 1 });
    await study.optimize(async ({ x }, trial) => {
      await trial.artifacts.write("model", new Uint8Array([7]));
      return x;
    });
    await study.close();

    const store = await openSqliteStore(path, { driver: await readingOnly() });
    const archive = await store.exportStudy("one");
    expect(archive.trials).toMatchObject([{ number: 0, state: "complete" }]);
    const refused = { code: "STORE_UNAVAILABLE", message: expect.stringContaining("cannot be written") };
    await expect(store.configure("one", { maxTrials: 2 })).rejects.toMatchObject(refused);
    await expect(store.deleteStudy("one")).rejects.toMatchObject(refused);
    expect(await store.exportStudy("one")).toEqual(archive);
    expect(Object.keys(archive.artifacts)).toEqual(["0/model"]);
    await store.close();
  });
});

/** The usual driver, which opens every file as if its disk were read-only. */
async function readingOnly(): Promise<SqliteDriver> {
  const driver = await loadDriver("libsql");
  return { ...driver, open: (path) => driver.open(`${pathToFileURL(path).href}?immutable=1`) };
}
