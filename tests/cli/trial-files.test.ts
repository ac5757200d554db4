import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createStudy, hp, openStore } from "../../src/index.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { describeRedis } from "../redis/describe-redis.ts";
import { startRedis } from "../redis/server.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, type Ran } from "./parzen.ts";
import { writeSweep } from "./running.ts";
import { storeIn } from "./small-study.ts";
import { yaml } from "./wrong/case.ts";

const cwd = emptyFolder();
const files = (...args: readonly string[]): Promise<Ran> => parzenInOne(["trials", "files", ...args], { cwd });

/** Two trials, of which the first is the better one; each keeps its number in a file. */
async function addTrials(store: string): Promise<void> {
  const study = await createStudy({
    name: "two",
    store: await openStore(store),
    space: { x: hp.uniform(0, 1) },
    maxTrials: 2,
  });
  await study.optimize(async (_params, trial) => {
    await trial.artifacts.write("model.txt", new TextEncoder().encode(String(trial.number)));
    return trial.number;
  });
  await study.store.close();
}

describe("parzen trials files", () => {
  beforeAll(() => addTrials(storeIn(cwd)));

  it("names what a trial kept, and copies it: that of the best trial where none is named", async () => {
    expect(await files("1")).toMatchObject({ code: 0, stdout: "model.txt\n" });
    const copy = join("models", "best", "model.txt");
    expect(await files("-o", join("models", "best"))).toMatchObject({ code: 0, stdout: `${copy}\n`, stderr: "" });
    expect(readFileSync(join(cwd, copy), "utf8")).toBe("0");
  });

  it("are those of the attempt that ended the trial", async () => {
    const folder = emptyFolder();
    const store = await openStore(storeIn(folder));
    const space = { x: hp.uniform(0, 1) };
    const study = await createStudy({ name: "retried", store, space, maxTrials: 1, errorRetries: 1 });
    await study.optimize(async (_params, { attempt, artifacts }) => {
      await artifacts.write(`of-${attempt}.txt`, new TextEncoder().encode(String(attempt)));
      if (attempt === 1) throw new Error("once");
      return 0;
    });
    const { id } = (await store.findStudy("retried")) ?? expect.fail("no study");
    await store.artifacts.of(id, 0, 1).write("late.txt", new Uint8Array(1)); // by a process of the first attempt
    const directory = store.artifacts.of(id, 0, 2).directory ?? expect.fail("no directory");
    await store.close();
    const trials = (...args: readonly string[]): Promise<Ran> => parzenInOne(["trials", ...args], { cwd: folder });
    expect(await trials("files", "0")).toMatchObject({ code: 0, stdout: "of-1.txt\nof-2.txt\n" });
    expect((await trials("files", "-o", "best")).code).toBe(0);
    expect(readFileSync(join(folder, "best", "of-2.txt"), "utf8")).toBe("2");
    const shown = await trials("show", "0", "--json");
    expect(JSON.parse(shown.stdout)).toMatchObject({ folder: directory, files: ["of-1.txt", "of-2.txt"] });
  });

  it.each([
    ["waits", ["lost", "lost"]],
    ["runs", ["lost", null]],
    ["was lost for good", ["lost", "lost", "lost"]],
    ["was cancelled", ["lost", "cancelled"]],
  ] as const)(
    "are those of the attempt before, where the trial %s and its last one has not taken them over",
    async (_, ends) => {
      const folder = emptyFolder();
      const store = await openStore(storeIn(folder));
      const space = { x: hp.uniform(0, 1) };
      const study = await createStudy({ name: "killed", store, space, maxTrials: 1, maxLost: 3 });
      await study.enqueue({ x: 0.5 });
      for (const [at, kind] of ends.entries()) {
        const claim = { holder: thisHolder(0), leaseMs: 60_000, version: null };
        await store.claim("killed", 0, claim);
        const { id } = await study.refresh();
        if (at === 0) await store.artifacts.of(id, 0, 1).write("model", new Uint8Array([7]));
        if (kind !== null) await store.commit("killed", 0, { attempt: at + 1 }, { outcome: { kind }, log: "" });
      }
      await store.close();
      const trials = (...args: readonly string[]): Promise<Ran> => parzenInOne(["trials", ...args], { cwd: folder });
      expect(await trials("files", "0", "-o", "copy")).toMatchObject({ code: 0, stdout: `${join("copy", "model")}\n` });
      expect(readFileSync(join(folder, "copy", "model"))).toEqual(Buffer.from([7]));
      const shown = JSON.parse((await trials("show", "0", "--json")).stdout);
      expect(shown).toMatchObject({ attempt: ends.length, folder: expect.stringMatching(/\/0$/), files: ["model"] });
      const exported = JSON.parse((await parzenInOne(["export", "--study"], { cwd: folder })).stdout);
      expect(exported.artifacts).toEqual({ "0/model": "Bw==" });
    },
  );

  it("overwrites nothing", async () => {
    expect((await files("0", "-o", "here")).code).toBe(0);
    const again = await files("1", "--study", "two", "-o", "here");
    expect(again).toMatchObject({ code: 2, stdout: "" });
    expect(again.stderr).toBe(
      "error: --output: there is a model.txt in here already\nName another folder; nothing is overwritten.\n",
    );
    expect(readFileSync(join(cwd, "here", "model.txt"), "utf8")).toBe("0");
    const [code, stderr] = [2, `error: --output: cannot write to ${join("here", "model.txt")}: file already exists\n`];
    expect(await files("1", "--study", "two", "-o", join("here", "model.txt"))).toMatchObject({ code, stderr });
  });

  it("says what is not there, and makes no folder", async () => {
    expect(await files("7", "-o", "none")).toMatchObject({
      code: 3,
      stderr: 'error: the study "two" has no trial 7\n',
    });
    const study = await createStudy({
      name: "bare",
      store: storeIn(cwd),
      space: { x: hp.uniform(0, 1) },
      maxTrials: 1,
    });
    expect(await files("--study", "bare", "-o", "none")).toMatchObject({
      code: 1,
      stderr: 'study "bare" has no complete trial yet, so none is the best; name the number of a trial\n',
    });
    await study.optimize(() => 1);
    await study.close();
    expect(await files("--study", "bare", "-o", "none")).toMatchObject({
      code: 1,
      stderr: 'trial 0 of "bare" kept no files\n',
    });
    expect(existsSync(join(cwd, "none"))).toBe(false);
  });
});

it("of a program that made a file of its folder there are none, and the trial is shown", async () => {
  const folder = emptyFolder();
  const script = 'rmdir "$PARZEN_ARTIFACTS_DIR"; echo > "$PARZEN_ARTIFACTS_DIR"; echo loss=1';
  writeFileSync(join(folder, "s.yaml"), yaml({ command: `[sh, -c, '${script}']`, maxTrials: "1" }));
  expect(await parzenInOne(["run", "s.yaml"], { cwd: folder })).toMatchObject({ code: 0 });
  const show = await parzenInOne(["trials", "show", "0", "--json"], { cwd: folder });
  expect(show).toMatchObject({ code: 0, stderr: "" });
  expect(JSON.parse(show.stdout)).toMatchObject({ state: "complete", files: [] });
  expect(await parzenInOne(["export", "--study"], { cwd: folder })).toMatchObject({ code: 0, stderr: "" });
});

describeRedis("parzen trials files of a study in Redis", () => {
  it("fetches them", async () => {
    const server = await startRedis();
    try {
      await addTrials(server.url);
      expect(await files("-o", "fetched", "--store", server.url)).toMatchObject({ code: 0, stderr: "" });
      expect(readFileSync(join(cwd, "fetched", "model.txt"), "utf8")).toBe("0");
    } finally {
      await server.stop();
    }
  });
});

it("of a run whose sweep says so, only the best trials keep theirs", async () => {
  const folder = emptyFolder();
  const body = 'await trial.artifacts.write("model", new Uint8Array(1)); return trial.number === 1 ? 0 : 1;';
  writeSweep(folder, body, "maxTrials: 3, keepModels: 1");
  expect(await parzenInOne(["run", "sweep.mjs"], { cwd: folder })).toMatchObject({ code: 0 });
  const kept = (number: number) => parzenInOne(["trials", "files", String(number)], { cwd: folder });
  const found = await Promise.all([0, 1, 2].map(async (number) => (await kept(number)).stdout));
  expect(found).toEqual(["", "model\n", ""]);
});
