import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { describe, expect, it } from "vitest";
import { trialRows } from "../../cli/trials/rows.ts";
import { createStudy, hp, openStudy, threshold } from "../../src/index.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, parzen } from "./parzen.ts";
import { writeSweep } from "./running.ts";
import { addStudy, storeIn } from "./small-study.ts";

/** What a run noted, edited by hand. */
const EDITED_NOTES = [
  { run: null, samplers: null },
  { run: "x", samplers: { a: 1 } },
  { run: { resume: null, sweep: 5, overridden: { seed: 1 }, requires: "gpu", limits: [], files: 1, places: { a: 1 } } },
  { run: { resume: ["run"], places: { a: { changedAtMs: 1e300 } }, limits: { maxTrials: "5" } }, samplers: [null, {}] },
];

it.each(EDITED_NOTES)("a study whose notes were edited by hand is shown and goes on: %j", async (notes) => {
  const cwd = emptyFolder();
  writeSweep(cwd, "return 1;", "maxTrials: 1");
  expect(await parzenInOne(["run", "sweep.mjs"], { cwd })).toMatchObject({ code: 0 });
  const archive = JSON.parse((await parzenInOne(["export", "--study"], { cwd })).stdout);
  archive.study.notes = notes;
  await writeFile(join(cwd, "edited.json"), JSON.stringify(archive));
  const there = (...args: readonly string[]) => parzenInOne([...args, "--store", "other.db"], { cwd });
  expect(await there("import", "edited.json")).toMatchObject({ code: 0 });
  for (const command of ["status", "pause", "resume"]) expect(await there(command)).toMatchObject({ code: 0 });
  expect(await there("run", "sweep.mjs", "-n", "2")).toMatchObject({ code: 0 });
});

describe("parzen export", () => {
  it("csv has one row a trial, params by their path, and texts as any reader of csv reads them", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd);
    const { code, stdout } = await parzenInOne(["export", "csv"], { cwd });
    expect(code).toBe(0);
    const rows: Record<string, string>[] = parse(stdout, { columns: true });
    expect(rows.map((row) => row["number"])).toEqual(["0", "1", "2", "3", "4", "5"]);
    expect(rows[3]).toMatchObject({
      state: "failed",
      loss: "",
      reason: "error",
      message: 'it said "no",\nand meant it',
    });
    for (const row of rows.filter(({ state }) => state === "complete")) {
      expect(row["loss"]).toBe(row["params.lr"]);
      expect(Number(row["metrics.accuracy"])).toBe(1 - Number(row["params.lr"]));
      expect(row["params.optimizer.momentum"] === "").toBe(row["params.optimizer.type"] === "adam");
    }
  });

  it("csv says at which step a trial was pruned, and what it had reported last", async () => {
    const study = await createStudy({ space: { x: hp.uniform(0, 1) }, pruner: threshold({ upper: 0 }), maxTrials: 1 });
    await study.optimize(async (_, trial) => {
      await trial.report(3, 1);
      return 1;
    });
    const { titles, rows } = trialRows(await study.trials(), study.space);
    expect(rows[0]?.[titles.indexOf("step")]).toBe(3);
    expect(rows[0]?.[titles.indexOf("reported")]).toBe(1);
  });

  it("json is an array of trials", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd);
    const ran = await parzenInOne(["export", "json", "demo", "-o", "trials.json"], { cwd });
    expect(ran).toMatchObject({ code: 0, stdout: "" });
    const trials: unknown[] = JSON.parse(await readFile(join(cwd, "trials.json"), "utf8"));
    expect(trials).toHaveLength(6);
    expect(trials[0]).toMatchObject({ number: 0, state: "complete", params: { epochs: 5 }, metrics: {} });
    expect(trials[3]).toMatchObject({ number: 3, state: "failed" });
  });
});

describe("parzen export --study and import", () => {
  it("move a study to another store without loss, by file and by pipe", async () => {
    const [from, to] = [emptyFolder(), emptyFolder()];
    await addStudy(from);
    expect(await parzenInOne(["export", "--study", "-o", "demo.json"], { cwd: from })).toMatchObject({
      code: 0,
      stdout: "",
    });
    expect((await parzenInOne(["import", join(from, "demo.json")], { cwd: to })).stdout).toBe(
      "Imported demo: 6 trials.\n",
    );
    const { stdout: piped } = await parzenInOne(["export", "--study", "demo"], { cwd: to });
    const again = await parzen(["import", "-", "--name", "again"], { cwd: to, input: piped });
    expect(again.stdout).toBe("Imported again: 6 trials.\n");
    const original = await contents(from, "demo");
    expect(await contents(to, "demo")).toEqual(original);
    expect(await contents(to, "again")).toEqual({ ...original, name: "again" });
  });

  it("refuse to put a study in the place of another", async () => {
    const cwd = emptyFolder();
    await addStudy(cwd);
    await parzenInOne(["export", "--study", "-o", "demo.json"], { cwd });
    const before = await contents(cwd, "demo");
    const ran = await parzenInOne(["import", "demo.json"], { cwd });
    expect(ran.code).toBe(2);
    expect(ran.stderr).toMatch(/there is already a study "demo".*\n.*--name/);
    expect(await contents(cwd, "demo")).toEqual(before);
  });
});

/** Everything of a study but its id, which is of its store. */
async function contents(folder: string, name: string): Promise<object> {
  const study = await openStudy({ name, store: storeIn(folder) });
  const { study: record, trials, imported, artifacts } = await study.store.exportStudy(name);
  await study.close();
  const { id: _, ...rest } = record;
  return { ...rest, trials, imported, artifacts };
}
