import { describe, expect, it } from "vitest";
import { createStudy, hp, openStore, openStudy, random } from "../../src/index.ts";
import { thisHolder } from "../../src/study/attempt/holder.ts";
import { SETTINGS, specOf } from "../store/fixtures.ts";
import { parzenInOne } from "./one-process.ts";
import { emptyFolder, parzen } from "./parzen.ts";
import { addStudy, storeIn } from "./small-study.ts";

const study = (folder: string): ReturnType<typeof openStudy> => openStudy({ name: "demo", store: storeIn(folder) });

describe("parzen set", () => {
  it("says before and after, and `none` takes a limit away", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    const first = await parzenInOne(
      ["set", "demo", "--max-trials", "40", "--timeout", "1h30m", "--target-loss", "-2.5", "--patience", "7"],
      { cwd: folder },
    );
    expect(first).toMatchObject({ code: 0 });
    expect(first.stdout).toBe(
      "max-trials: 20 -> 40\ntimeout: none -> 1h30m\ntarget-loss: none -> -2.5\npatience: none -> 7\n",
    );
    expect(first.stderr).toMatch(/Go on with: the program that runs it$/m);
    const second = await parzenInOne(["set", "demo", "--timeout", "none", "--patience", "7"], { cwd: folder });
    expect(second.stdout).toBe("timeout: 1h30m -> none\n");
    const opened = await study(folder);
    expect((await opened.refresh()).settings).toMatchObject({
      maxTrials: 40,
      timeoutMs: null,
      targetLoss: -2.5,
      patience: 7,
    });
    await opened.close();
  });

  it("sets nothing by the folder for files, which is no setting", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    const place = { cwd: folder, env: { PARZEN_ARTIFACTS: "files" } };
    expect(await parzenInOne(["set", "demo", "--max-trials", "40"], place)).toMatchObject({
      code: 0,
      stdout: "max-trials: 20 -> 40\n",
    });
    const none = await parzenInOne(["set", "demo", "--artifacts", "files"], place);
    expect(none).toMatchObject({ code: 2, stderr: expect.stringMatching(/^error: nothing to set\n/) });
  });

  it("says so where nothing changes", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    expect((await parzenInOne(["set", "demo", "--max-trials", "20"], { cwd: folder })).stdout).toMatch(
      /nothing changed/,
    );
  });
});

describe("parzen enqueue", () => {
  it("prints the number of the trial that will try the params", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    const pairs = ["lr=0.01", "layers.0=16", "optimizer.type=sgd", "optimizer.momentum=0.5"];
    expect(await parzenInOne(["enqueue", "demo", ...pairs], { cwd: folder })).toMatchObject({ code: 0, stdout: "6\n" });
    const json = { lr: 0.02, epochs: 5, layers: [32, 8], optimizer: { type: "adam" } };
    expect(await parzenInOne(["enqueue", "demo", JSON.stringify(json)], { cwd: folder })).toMatchObject({
      stdout: "7\n",
    });
    const opened = await study(folder);
    expect((await opened.trials()).slice(6)).toMatchObject([
      { state: "queued", origin: "enqueued", params: { lr: 0.01, epochs: 5, layers: [16, 8] } },
      { state: "queued", origin: "enqueued", params: json },
    ]);
    await opened.close();
  });

  it("has the sampler propose what is not given", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    const ran = await parzenInOne(["enqueue", "demo", "lr=0.01", "layers.0=16"], { cwd: folder });
    expect(ran).toMatchObject({ code: 0, stdout: "6\n" });
    expect(ran.stderr).toMatch(
      /^random proposed the rest: lr=0.01 layers.0=16 optimizer.type=(sgd|adam).*\nTrial 6 is/,
    );
    const known = await parzenInOne(["enqueue", "demo", "lr=0.01", "--loss", "1"], { cwd: folder });
    expect(known).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("layers.0: missing, expected one of 16, 32"),
    });
  });

  it("proposes nothing where a program's own function or sampler says what may be tried", async () => {
    const folder = emptyFolder();
    const space = { lr: hp.uniform(0, 1), x: hp.uniform(0, 1) };
    const own = { ...random(), name: "own" };
    for (const options of [
      { name: "where", where: () => true },
      { name: "own", sampler: own },
    ]) {
      await (await createStudy({ ...options, store: storeIn(folder), space })).close();
      expect(await parzenInOne(["enqueue", options.name, "lr=1", "x=1"], { cwd: folder })).toMatchObject({ code: 0 });
    }
    const where = await parzenInOne(["enqueue", "where", "lr=0.01"], { cwd: folder });
    expect(where).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("params: x: missing, and not to be proposed"),
    });
    const sampler = await parzenInOne(["enqueue", "own", "lr=0.01"], { cwd: folder });
    expect(sampler).toMatchObject({ code: 2, stderr: expect.stringContaining('the sampler "own" cannot propose') });
  });

  it("says which trial has the same params, as after one that was killed, and how to take the new one back", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    const pairs = ["lr=0.01", "layers.0=16", "optimizer.type=adam"];
    const enqueue = () => parzenInOne(["enqueue", "demo", ...pairs], { cwd: folder });
    expect((await enqueue()).stderr).not.toContain("same params");
    const again = await enqueue();
    expect(again).toMatchObject({ code: 0, stdout: "7\n" });
    const said = "Trial 6, queued, has the same params. Take this one back with: parzen cancel demo --trial 7\n";
    expect(again.stderr).toContain(said);
    expect(await parzenInOne(["cancel", "demo", "--trial", "7"], { cwd: folder })).toMatchObject({ code: 0 });
    const opened = await study(folder);
    expect((await opened.trials()).slice(6).map(({ state }) => state)).toEqual(["queued", "cancelled"]);
    await opened.close();
  });

  it("takes a known result over, which holds no number", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    const pairs = ["lr=0.01", "layers.0=16", "optimizer.type=adam"];
    const ran = await parzenInOne(["enqueue", "demo", ...pairs, "--loss", "0.125"], { cwd: folder });
    expect(ran).toMatchObject({ code: 0, stdout: "" });
    const opened = await study(folder);
    const { imported, trials } = await opened.store.snapshot("demo", 0);
    expect(trials).toHaveLength(6);
    expect(imported).toMatchObject([{ number: null, result: { kind: "complete", losses: [0.125] } }]);
    await opened.close();
  });

  it("says how to make room where every number is given out", async () => {
    const folder = emptyFolder();
    await addStudy(folder, { trials: 2, maxTrials: 2 });
    const ran = await parzenInOne(["enqueue", "demo", "lr=0.01", "layers.0=16", "optimizer.type=adam"], {
      cwd: folder,
    });
    expect(ran).toMatchObject({ code: 1, stdout: "" });
    expect(ran.stderr).toMatch(/nothing was queued\n.*parzen set demo --max-trials 3/);
  });
});

describe("parzen delete", () => {
  it("says what it would delete, and deletes it with --yes: trials, logs and files", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    await addStudy(folder, { name: "other" });
    const asked = await parzenInOne(["delete", "demo"], { cwd: folder });
    expect(asked).toMatchObject({ code: 2, stdout: "" });
    expect(asked.stderr).toMatch(
      /would delete demo, .*with 6 trials and 1 file; nothing was deleted\n.*parzen delete demo --yes/,
    );
    expect(await parzenInOne(["delete", "demo", "--yes"], { cwd: folder })).toMatchObject({ code: 0 });
    expect((await parzenInOne(["export", "json", "demo"], { cwd: folder })).code).toBe(3);
    expect((await parzenInOne(["export", "json", "other"], { cwd: folder })).code).toBe(0);
  });

  it("does not say of a folder that is not there that files are in it", async () => {
    const folder = emptyFolder();
    const store = await openStore(storeIn(folder));
    await store.createStudy(specOf("none"), SETTINGS);
    await addStudy(folder, { name: "some", trials: 1 });
    for (const name of ["none", "some"]) await store.note(name, { artifacts: "/not/there" });
    const { id } = (await store.findStudy("some")) ?? { id: "" };
    await store.close();
    expect((await parzenInOne(["delete", "none", "--yes"], { cwd: folder })).stderr).toBe("");
    expect((await parzenInOne(["delete", "some", "--yes"], { cwd: folder })).stderr).toBe(
      `warning: /not/there is not on this machine: if trials kept files there, delete its folder ${id}\n`,
    );
  });

  it("refuses a study whose process lives, also where an objective kept it from renewing its lease", async () => {
    const folder = emptyFolder();
    await addStudy(folder);
    const store = await openStore(storeIn(folder));
    await store.lead("demo", thisHolder(0), { leaseMs: 1, slots: 1 });
    await store.close();
    const refused = await parzen(["delete", "demo", "--yes"], { cwd: folder });
    expect(refused).toMatchObject({ code: 2, stdout: "" });
    expect(refused.stderr).toContain(`study "demo" is being run by process ${process.pid} on `);
    expect((await parzen(["status", "demo"], { cwd: folder })).stdout).toMatch(/^demo: running\n/);
  });
});
