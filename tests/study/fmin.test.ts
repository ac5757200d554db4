import { getEventListeners, getMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import { fmin, hp, random, tpe } from "../../src/index.ts";

const line = { x: hp.uniform(-5, 5) };

describe("fmin", () => {
  it("finds the minimum of a parabola", async () => {
    const { best, trials, reason } = await fmin(({ x }) => (x - 3) ** 2, line, { maxTrials: 60, seed: 1 });
    expect(reason).toBe("maxTrials");
    expect(trials).toHaveLength(60);
    expect(best?.loss).toBeLessThan(0.05);
    expect(best?.params.x).toBeCloseTo(3, 0);
  });

  it("tells its listeners what happens, in the study's own direction", async () => {
    const best: number[] = [];
    const told: string[] = [];
    await fmin(({ x }) => -x, line, {
      maxTrials: 5,
      direction: "maximize",
      sampler: random(),
      on: {
        settled: ({ trial, isBest }) => {
          if (isBest && trial.state === "complete") best.push(trial.loss + trial.params.x);
        },
        started: ({ number }) => told.push(`started ${number}`),
      },
    });
    expect(told).toEqual([0, 1, 2, 3, 4].map((number) => `started ${number}`));
    expect(best.length).toBeGreaterThan(0);
    expect(new Set(best)).toEqual(new Set([0]));
  });

  it("gives the same trials for the same seed and others for another", async () => {
    const run = async (seed: number) =>
      (await fmin(({ x }) => x * x, line, { maxTrials: 30, seed })).trials.map((trial) => trial.params.x);
    expect(await run(1)).toEqual(await run(1));
    expect(await run(2)).not.toEqual(await run(1));
  });

  it("maximizes, and shows losses as the objective gave them", async () => {
    const { best } = await fmin(({ x }) => 10 - Math.abs(x - 2), line, { maxTrials: 60, direction: "maximize" });
    expect(best?.loss).toBeGreaterThan(9.5);
    expect(best?.loss).toBeLessThanOrEqual(10);
  });

  it("runs asynchronous objectives at once, and never more than asked", async () => {
    let now = 0;
    let most = 0;
    let tell = (): void => undefined;
    const four = new Promise<void>((resolve) => {
      tell = resolve;
    });
    const objective = async ({ x }: { readonly x: number }) => {
      most = Math.max(most, ++now);
      if (now === 4) tell();
      await four;
      await new Promise((resolve) => setTimeout(resolve, 2));
      now--;
      return x;
    };
    await fmin(objective, line, { maxTrials: 20, parallelism: 4 });
    expect(most).toBe(4);
  });

  it("fails the trial, not the study, for a throw, NaN, a string and nothing", async () => {
    const wrong = [() => Number.NaN, () => "low", () => undefined, () => Promise.reject(new Error("no luck"))];
    let calls = 0;
    const objective = (): number => (calls++ % 2 === 0 ? 1 : ((wrong[(calls >> 1) % 4] as () => number)() as number));
    const { trials } = await fmin(objective, line, { maxTrials: 8, sampler: random() });
    const failed = trials.filter((trial) => trial.state === "failed");
    expect(failed.map((trial) => trial.reason).sort()).toEqual(["error", "invalid", "invalid", "invalid"]);
    expect(failed.find((trial) => trial.reason === "error")?.message).toContain("no luck");
  });

  it.each([
    ["a function", () => 1],
    ["an object", { evaluate: () => 1, test: () => ({ metrics: {} }) }],
  ])("tells who gives the space first, and then %s", async (_what, objective) => {
    const refused = { code: "OPTION_INVALID", message: "fmin: the space and the objective are swapped" };
    const swapped = fmin(line as never, objective as never, { maxTrials: 1 });
    await expect(swapped).rejects.toMatchObject({ ...refused, hint: "Write fmin(objective, space, options)." });
  });

  it("pauses after the first five failures", async () => {
    const objective = (): number => {
      throw new Error("always");
    };
    const { trials, reason, best } = await fmin(objective, line, { maxTrials: 50 });
    expect([reason, trials.length, best]).toEqual(["failing", 5, null]);
  });

  it("pauses after twenty failures in a row", async () => {
    let calls = 0;
    const objective = (): number => {
      if (calls++ > 0) throw new Error("from now on");
      return 1;
    };
    const { trials, reason } = await fmin(objective, line, { maxTrials: 50, sampler: random() });
    expect([reason, trials.length]).toEqual(["failing", 21]);
  });

  it("ends at the target, without progress, at the time limit and with a finite space", async () => {
    const target = await fmin(({ x }) => x * x, line, { maxTrials: 500, targetLoss: 1 });
    expect([target.reason, (target.best?.loss ?? 9) <= 1]).toEqual(["targetLoss", true]);
    const patient = await fmin(() => 1, line, { maxTrials: 500, patience: 7 });
    expect([patient.reason, patient.trials.length]).toEqual(["patience", 7]);
    const slow = () => new Promise<number>((resolve) => setTimeout(resolve, 20, 1));
    expect((await fmin(slow, line, { maxTrials: 10_000, timeoutMs: 100 })).reason).toBe("timeout");
    const finite = await fmin(({ a, b }) => a + b, { a: hp.choice([1, 2, 3]), b: hp.uniformint(1, 4) }, {});
    expect([finite.reason, finite.trials.length, finite.best?.loss]).toEqual(["exhausted", 12, 2]);
  });

  it("runs any number of searches on one signal without a warning of a leak", async () => {
    const { signal } = new AbortController();
    const most = getMaxListeners(signal);
    const warnings: string[] = [];
    const hear = ({ name }: Error): number => warnings.push(name);
    process.on("warning", hear);
    const objective = async ({ x }: { readonly x: number }) => x;
    const options = { maxTrials: 2, sampler: random(), signal };
    await Promise.all(Array.from({ length: 12 }, () => fmin(objective, line, options)));
    await new Promise(setImmediate);
    process.off("warning", hear);
    expect(warnings).toEqual([]);
    expect([getMaxListeners(signal), getEventListeners(signal, "abort")]).toEqual([most, []]);
  });

  it("ends as interrupted when its signal is aborted, with what it has", async () => {
    const abort = new AbortController();
    const objective = async (
      _params: unknown,
      trial: { readonly number: number; readonly signal: AbortSignalLike },
    ) => {
      if (trial.number < 3) return trial.number;
      setTimeout(() => abort.abort(), 5);
      await new Promise<void>((resolve) => trial.signal.addEventListener("abort", () => resolve(), { once: true }));
      return 99;
    };
    const { reason, trials, best } = await fmin(objective, line, { maxTrials: 50, signal: abort.signal });
    expect(reason).toBe("interrupted");
    expect(trials.map((trial) => trial.state)).toEqual(["complete", "complete", "complete", "queued"]);
    expect(best?.number).toBe(0);
  });

  it("hands each trial its own seed, the same at every run", async () => {
    const run = async () => {
      const seeds: number[] = [];
      await fmin((_params, trial) => seeds.push(trial.seed), line, { maxTrials: 5 });
      return seeds;
    };
    const seeds = await run();
    expect(new Set(seeds).size).toBe(5);
    expect(await run()).toEqual(seeds);
  });

  it("keeps reports, metrics and attributes", async () => {
    const { best } = await fmin(
      async ({ x }, trial) => {
        for (let step = 0; step < 3; step++) expect(await trial.report(step, x + step)).toBe("continue");
        return { loss: x, metrics: { accuracy: 0.5 }, attributes: { note: "kept" } };
      },
      line,
      { maxTrials: 1, sampler: tpe() },
    );
    expect(best?.reports.map((report) => report.step)).toEqual([0, 1, 2]);
    expect([best?.metrics, best?.attributes]).toEqual([{ accuracy: 0.5 }, { note: "kept" }]);
  });
});

interface AbortSignalLike {
  addEventListener(type: "abort", listener: () => void, options: { once: boolean }): void;
}
