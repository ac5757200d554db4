import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { createStudy, hp, openStore, openStudy } from "../../src/index.ts";
import { rejectionOf } from "../thrown-by.ts";

const folder = mkdtempSync(join(tmpdir(), "parzen-control-"));
afterAll(() => rmSync(folder, { recursive: true }));

const space = { x: hp.uniform(0, 1) };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

describe("control from elsewhere", () => {
  const slowly = async ({ x }: { readonly x: number }) => {
    await sleep(5);
    return x;
  };

  it("stops: running trials end, nothing new begins", async () => {
    const study = await createStudy({ space, maxTrials: 1000 });
    study.on("settled", ({ trial }) => trial.number === 5 && void study.stop());
    expect(await study.optimize(slowly, { parallelism: 3 })).toBe("stopped");
    expect((await study.trials()).every((trial) => trial.state === "complete")).toBe(true);
  });

  it("cancels: running trials end as cancelled", async () => {
    const study = await createStudy({ space, maxTrials: 1000 });
    const hang = (_params: unknown, trial: { readonly number: number; readonly signal: AbortSignal }) =>
      trial.number < 2 ? trial.number : untilAborted(trial.signal);
    study.on("started", ({ number }) => number === 3 && void study.cancel());
    expect(await study.optimize(hang, { parallelism: 2 })).toBe("cancelled");
    expect((await study.trials()).map((trial) => trial.state)).toEqual([
      "complete",
      "complete",
      "cancelled",
      "cancelled",
    ]);
  });

  it("cancels one trial and goes on", async () => {
    const study = await createStudy({ space, maxTrials: 4 });
    const hang = (
      _params: unknown,
      trial: { readonly number: number; report(s: number, v: number): Promise<string> },
    ) => (trial.number === 1 ? reportUntilTold(trial) : trial.number);
    study.on("reported", () => void study.cancel(1));
    expect(await study.optimize(hang)).toBe("maxTrials");
    expect((await study.trials()).map((trial) => trial.state)).toEqual([
      "complete",
      "cancelled",
      "complete",
      "complete",
    ]);
  });

  it.each(["deleted", "renamed"])("ends in plain words where it is %s", async (what) => {
    const store = await openStore("memory:");
    const study = await createStudy({ name: "gone", space, store });
    const driven = study.optimize(async ({ x }, { number }) => {
      if (number === 1) await (what === "deleted" ? store.deleteStudy("gone") : store.renameStudy("gone", "kept"));
      return x;
    });
    expect(await rejectionOf(() => driven)).toMatchObject({
      code: "STUDY_NOT_FOUND",
      message: 'study "gone" was deleted or renamed while it ran: there is none in memory:',
      hint: "A renamed study goes on under its new name; what a deleted one had is gone",
    });
  });

  it("cancels a trial that never reports", async () => {
    const study = await createStudy({ space, maxTrials: 3 });
    const hang = (_params: unknown, trial: { readonly number: number; readonly signal: AbortSignal }) =>
      trial.number === 1 ? untilAborted(trial.signal) : trial.number;
    study.on("started", ({ number }) => number === 1 && setTimeout(() => void study.cancel(1), 10));
    expect(await study.optimize(hang)).toBe("maxTrials");
    expect((await study.trials()).map((trial) => trial.state)).toEqual(["complete", "cancelled", "complete"]);
  });

  it("pauses and resumes a study that another handle drives", async () => {
    const store = join(folder, "paused.db");
    const study = await createStudy({ name: "paused", space, store, maxTrials: 6 });
    const other = await openStudy({ name: "paused", store });
    study.on("settled", ({ trial }) => trial.number === 2 && void other.pause());
    study.on("paused", () => setTimeout(() => void other.resume(), 50));
    expect(await study.optimize(slowly)).toBe("maxTrials");
    expect(await study.trials()).toHaveLength(6);
    await Promise.all([study.close(), other.close()]);
  });

  it("takes a new total while it runs", async () => {
    const study = await createStudy({ space, maxTrials: 1000 });
    study.on("settled", ({ trial }) => trial.number === 3 && void study.configure({ maxTrials: 7 }));
    expect(await study.optimize(slowly)).toBe("maxTrials");
    expect(await study.trials()).toHaveLength(7);
  });
});

function untilAborted(signal: AbortSignal): Promise<number> {
  return new Promise((resolve) => signal.addEventListener("abort", () => resolve(0), { once: true }));
}

async function reportUntilTold(trial: { report(step: number, value: number): Promise<string> }): Promise<number> {
  for (let step = 0; ; step++) {
    if ((await trial.report(step, 1)) === "cancel") return 0;
    await sleep(1);
  }
}
