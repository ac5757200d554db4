import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createStudy, hp, openStore, openStudy, random, type Sampler } from "../../src/index.ts";
import { memoryStore } from "../../src/store/memory.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-ask-"));
afterAll(() => rmSync(folder, { recursive: true }));

const space = { x: hp.uniform(0, 1), kind: hp.choice(["a", "b"]) };

describe("ask and tell", () => {
  it("gives out what fmin would have tried", async () => {
    const asked = await createStudy({ space, seed: 2 });
    const driven = await createStudy({ space, seed: 2, maxTrials: 30 });
    await driven.optimize(({ x }) => x);
    for (const trial of await driven.trials()) {
      const next = await asked.ask();
      expect(next?.params).toEqual(trial.params);
      await asked.tell(trial.number, next?.params.x ?? Number.NaN);
    }
  });

  it("is told from another handle by number, once", async () => {
    const store = join(folder, "told.db");
    const mine = await createStudy({ name: "told", space, store });
    const asked = await mine.ask();
    const theirs = await openStudy({ name: "told", store });
    expect(await theirs.report(asked?.number ?? -1, 0, 0.5)).toBe("continue");
    expect(await theirs.tell(0, { loss: 0.25, metrics: { f1: 0.5 } })).toMatchObject({ state: "complete", loss: 0.25 });
    await expect(mine.tell(0, 1)).rejects.toMatchObject({ code: "TRIAL_NOT_RUNNING" });
    await expect(mine.tell(7, 1)).rejects.toMatchObject({ code: "TRIAL_NOT_FOUND" });
    expect((await mine.best())?.metrics).toEqual({ f1: 0.5 });
    await Promise.all([mine.close(), theirs.close()]);
  });

  it("is told where the connection was lost over the answer, and the store was told twice", async () => {
    const store = await openStore("memory:");
    const commit = store.commit.bind(store);
    store.commit = async (...given) => {
      await commit(...given);
      return commit(...given);
    };
    const study = await createStudy({ space, store });
    const asked = await study.ask();
    expect(await study.tell(asked?.number ?? -1, 0.25)).toMatchObject({ state: "complete", loss: 0.25 });
    await expect(study.tell(asked?.number ?? -1, 0.25)).rejects.toMatchObject({ code: "TRIAL_NOT_RUNNING" });
  });

  it("gives out again what was never told, once its lease ended", async () => {
    const study = await createStudy({ space });
    const first = await study.ask({ leaseMs: 1 });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await study.ask()).toEqual(first);
    expect((await study.trial(0)).attempt).toBe(2);
  });

  it("is told and reported after its lease ended, as long as nobody else has it", async () => {
    let nowMs = 0;
    const study = await createStudy({ space, store: memoryStore({ now: () => nowMs }) });
    await study.enqueue({ x: 0.5, kind: "a" });
    for (let number = 0; number < 3; number++) await study.ask({ leaseMs: 1 });
    nowMs = 5;
    expect(await study.ask()).toMatchObject({ number: 0 }); // the others wait
    expect(await study.report(1, 0, 0.5)).toBe("continue");
    expect(await study.tell(1, 0.25)).toMatchObject({
      state: "complete",
      loss: 0.25,
      reports: [{ step: 0, value: 0.5 }],
    });
    expect(await study.tell(2, 0.75)).toMatchObject({ state: "complete", loss: 0.75 });
    expect(await study.tell(0, 1)).toMatchObject({ state: "complete", loss: 1, params: { x: 0.5, kind: "a" } });
  });

  it("is not told where it waits and was never given out", async () => {
    const study = await createStudy({ space });
    await study.enqueue({ x: 0.5, kind: "a" });
    const refused = { code: "TRIAL_NOT_RUNNING", message: "trial 0 cannot be told: it is queued" };
    await expect(study.tell(0, 1)).rejects.toMatchObject(refused);
  });

  it("refuses a report of a trial that is lost in the same moment", async () => {
    const store = await openStore("memory:");
    const report = store.report.bind(store);
    store.report = async (...given) => {
      await store.commit("late", 0, { attempt: 1 }, { outcome: { kind: "lost" }, log: "" });
      return report(...given);
    };
    const study = await createStudy({ name: "late", space, store });
    await study.ask();
    const message = "trial 0 cannot be told: it is given out again";
    await expect(study.report(0, 0, 1)).rejects.toMatchObject({ code: "TRIAL_NOT_RUNNING", message });
  });

  it("gives out nothing of a study that is paused in the same moment", async () => {
    const store = await openStore("memory:");
    const claim = store.claim.bind(store);
    store.claim = async (...given) => {
      await store.setControl("paused", "paused", null);
      return claim(...given);
    };
    const study = await createStudy({ name: "paused", space, store });
    expect(await study.ask()).toBe(null);
    expect(await study.trials()).toMatchObject([{ state: "queued" }]);
  });

  it("asks for no more than maxTrials in all", async () => {
    const study = await createStudy({ space, maxTrials: 2 });
    expect([(await study.ask())?.number, (await study.ask())?.number, await study.ask()]).toEqual([0, 1, null]);
    await study.configure({ maxTrials: 3 });
    expect((await study.ask())?.number).toBe(2);
  });

  it("gives out queued trials beyond maxTrials, and none while the study is not to run", async () => {
    const study = await createStudy({ space, maxTrials: 2 });
    for (const x of [0.25, 0.5]) await study.enqueue({ x, kind: "a" });
    for (const hold of ["pause", "stop", "cancel"] as const) {
      await study[hold]();
      expect(await study.ask()).toBe(null);
    }
    await study.resume();
    expect([(await study.ask())?.params.x, (await study.ask())?.params.x, await study.ask()]).toEqual([
      0.25,
      0.5,
      null,
    ]);
  });

  it("gives out nothing that was queued once the target is reached", async () => {
    const study = await createStudy({ space, targetLoss: 0 });
    await study.ask();
    await study.tell(0, -1);
    await study.enqueue({ x: 0.5, kind: "a" });
    expect(await study.ask()).toBe(null);
    await study.configure({ targetLoss: null });
    expect((await study.ask())?.number).toBe(1);
  });

  it("takes a failed trial, a pruned one, and a result that is no loss", async () => {
    const study = await createStudy({ space });
    for (let number = 0; number < 3; number++) await study.ask();
    expect(await study.tell(0, { failed: "no data" })).toMatchObject({ state: "failed", message: "no data" });
    await study.report(1, 4, 0.5);
    expect(await study.tell(1, { pruned: true })).toMatchObject({ state: "pruned", step: 4 });
    expect(await study.tell(2, Number.NaN)).toMatchObject({ state: "failed", reason: "invalid" });
  });
});

describe("a study whose asked trials fail", () => {
  const failing = async (count: number) => {
    const study = await createStudy({ space });
    for (let each = 0; each < count; each++) await study.tell((await study.ask())?.number ?? -1, Number.NaN);
    return study;
  };

  it("is paused after the first five, with the reason, and goes on after resume()", async () => {
    const study = await failing(5);
    expect(await study.ask()).toBeNull();
    expect(await study.refresh()).toMatchObject({ control: "paused", controlReason: "the last 5 trials failed" });
    await study.resume();
    expect(await study.ask()).toMatchObject({ number: 5 });
  });

  it("is not paused while one runs that may be better", async () => {
    const study = await failing(4);
    const [fifth, sixth] = [await study.ask(), await study.ask()];
    await study.tell(fifth?.number ?? -1, Number.NaN);
    expect(await study.ask()).toBeNull();
    await study.tell(sixth?.number ?? -1, 1);
    expect(await study.ask()).toMatchObject({ number: 6 });
  });
});

it("a sampler hears how far trials have come that run: of each the latest figure that is one", async () => {
  let reports: unknown;
  const heeding: Sampler = {
    ...random(),
    propose: (request) => {
      reports = request.pending.map(({ report }) => report);
      return random().propose(request);
    },
  };
  const study = await createStudy({ space, sampler: heeding });
  for (let each = 0; each < 2; each++) await study.ask();
  for (const [step, value] of [0.5, 0.25, Number.NaN].entries()) await study.report(0, step, value);
  await study.ask();
  expect(reports).toEqual([{ step: 1, value: 0.25 }, undefined]);
});

describe("enqueue", () => {
  it("tries given params next, under the next number", async () => {
    const study = await createStudy({ space, maxTrials: 3 });
    expect(await study.enqueue({ x: 0.125, kind: "b" })).toBe(0);
    await study.optimize(({ x }) => x);
    const trials = await study.trials();
    expect(trials[0]).toMatchObject({ params: { x: 0.125, kind: "b" }, origin: "enqueued", state: "complete" });
    expect(trials.map((trial) => trial.number)).toEqual([0, 1, 2]);
  });

  it("leaves the sampler what it noted with its own last proposal", async () => {
    const memos: unknown[] = [];
    const noting: Sampler = {
      name: "noting",
      version: 1,
      options: {},
      propose: ({ memo, trialNumber }) => {
        memos.push(memo);
        return { kind: "try", assignment: { x: trialNumber / 10, kind: 0 }, memo: trialNumber };
      },
    };
    const study = await createStudy({ space, sampler: noting });
    await study.ask();
    await study.enqueue({ x: 0.125, kind: "b" });
    for (let each = 0; each < 2; each++) await study.ask();
    expect(memos.at(-1)).toBe(0);
  });

  it("takes over known results, which hold no number but teach the sampler", async () => {
    const study = await createStudy({ space, maxTrials: 2 });
    for (let i = 0; i < 40; i++) expect(await study.enqueue({ x: i / 40, kind: "a" }, { loss: i / 40 })).toBe(null);
    const untaught = await createStudy({ space, maxTrials: 2 });
    for (const each of [study, untaught]) await each.optimize(({ x }) => x);
    const [taught, fresh] = await Promise.all([study.trials(), untaught.trials()]);
    expect(taught.map((trial) => trial.number)).toEqual([0, 1]);
    expect(taught[0]?.params).not.toEqual(fresh[0]?.params);
  });

  it("refuses params outside the space, naming the path", async () => {
    const study = await createStudy({ space });
    await expect(study.enqueue({ x: 7, kind: "a" })).rejects.toMatchObject({ code: "PARAMS_INVALID", path: "x" });
    await expect(study.enqueue({ y: 0.5 } as never)).rejects.toMatchObject({ path: "y" });
    await expect(study.enqueue(undefined as never)).rejects.toMatchObject({ code: "PARAMS_INVALID" });
    await expect(study.enqueue({ x: 0.5 } as never, { loss: 1 })).rejects.toMatchObject({ path: "kind" });
  });

  it("refuses a known loss that is no number", async () => {
    const study = await createStudy({ space });
    const refused = { code: "OPTION_INVALID", message: 'loss: expected a number, received "0.5"' };
    await expect(study.enqueue({ x: 0.5, kind: "a" }, { loss: "0.5" as never })).rejects.toMatchObject(refused);
    expect(await study.enqueue({ x: 0.5, kind: "a" }, { loss: Number.NaN })).toBe(null);
  });
});
