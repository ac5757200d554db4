import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { inProcess } from "../../../src/executor/in-process.ts";
import {
  type CompiledSpace,
  compileSpace,
  createStudy,
  type Executor,
  fmin,
  hp,
  hyperband,
  median,
  openStore,
  openStudy,
  type Pruner,
  patient,
  processPool,
  type Store,
  successiveHalving,
  threshold,
} from "../../../src/index.ts";
import { ReportedTrials } from "../../../src/study/view/reported-trials.ts";
import { rejectionOf } from "../../thrown-by.ts";
import { LocalFleet } from "../local-fleet.ts";

const space = { x: hp.uniform(0, 1) };
const compiled: CompiledSpace = compileSpace(space);
const fidelity = { name: "epochs", max: 9 };

/** A study whose first params are these, in order. */
async function studyOf(xs: readonly number[], options: { readonly pruner: Pruner; readonly store?: Store }) {
  const study = await createStudy({ name: "pruned", space, seed: 1, maxTrials: xs.length, fidelity, ...options });
  for (const x of xs) await study.enqueue({ x });
  return study;
}

it.each([successiveHalving({ min: 9 }), hyperband({ min: 12, max: 20 }), patient(successiveHalving({ min: 9 }))])(
  "a study refuses a pruner whose first rung none of its trials goes beyond",
  async (pruner) => {
    const name = pruner.name === "hyperband" ? "hyperband" : "successiveHalving";
    const message = expect.stringMatching(`^${name} min: expected less than the max of epochs, 9, received`);
    const store = await openStore("memory:");
    expect(await rejectionOf(() => studyOf([0], { pruner, store }))).toMatchObject({ code: "OPTION_INVALID", message });
    await studyOf([0], { pruner: median(), store });
    const reopen = () => openStudy({ name: "pruned", store, pruner });
    expect(await rejectionOf(reopen)).toMatchObject({ code: "OPTION_INVALID", message });
  },
);

it("a study prunes by the pruner that it was given anew, and refuses one that could not", async () => {
  const study = await studyOf([0, 0.6, 1], { pruner: median() });
  const unfit = await rejectionOf(() => study.configure({ maxTrials: 9, pruner: successiveHalving({ min: 9 }) }));
  expect(unfit).toMatchObject({ code: "OPTION_INVALID", message: expect.stringContaining("less than the max") });
  expect((await study.refresh()).settings.maxTrials).toBe(3);
  await study.configure({ pruner: threshold({ upper: 0.5 }) });
  await study.optimize(async ({ x }, trial) => {
    await trial.report(1, x);
    return x;
  });
  expect((await study.trials()).map(({ state }) => state)).toEqual(["complete", "pruned", "pruned"]);
});

describe("fmin", () => {
  const objective = async (
    { x }: { readonly x: number },
    trial: { report(step: number, value: number): Promise<string> },
  ) => {
    for (let epoch = 1; epoch <= 9; epoch++) {
      if ((await trial.report(epoch, x + 1 / epoch)) === "prune") return -1;
    }
    return x;
  };

  it("prunes what is worse than the median, and such a trial ends pruned whatever it returns", async () => {
    const { trials, best } = await fmin(objective, space, { maxTrials: 30, seed: 2, pruner: median({ startup: 4 }) });
    const pruned = trials.filter(({ state }) => state === "pruned");
    expect(trials.slice(0, 4).map(({ state }) => state)).toEqual(Array(4).fill("complete"));
    expect(pruned.length).toBeGreaterThan(5);
    for (const { reports } of pruned) expect(reports.length).toBeLessThan(9);
    expect(best?.loss).toBe(best?.params.x);
  });

  it("takes the bounds of a maximizing study as they are written", async () => {
    const options = { maxTrials: 12, seed: 2, direction: "maximize", pruner: threshold({ lower: 0.5 }) } as const;
    const { trials } = await fmin(
      async ({ x }, trial) => {
        await trial.report(0, x);
        return x;
      },
      space,
      options,
    );
    for (const { state, params } of trials) expect(state).toBe(params.x < 0.5 ? "pruned" : "complete");
  });
});

describe("a trial that was asked for", () => {
  it("gets the verdict with its report, and is pruned whatever it is told", async () => {
    const study = await studyOf([0, 1], { pruner: successiveHalving() });
    const [good, bad] = [await study.ask(), await study.ask()];
    expect(await study.report(good?.number ?? -1, 2, 1)).toBe("continue");
    expect(await study.report(bad?.number ?? -1, 2, 2)).toBe("prune");
    expect(await study.tell(bad?.number ?? -1, 0)).toMatchObject({ state: "pruned", step: 2 });
  });
});

describe("a trial that was cancelled is told so with its next report, whatever the pruner would say of it", () => {
  it("where it runs here", async () => {
    const study = await studyOf([0], { pruner: threshold({ upper: 1 }) });
    const told: string[] = [];
    study.on("reported", ({ verdict }) => told.push(verdict));
    await study.optimize(async (_params, { number, report }) => {
      await study.cancel(number);
      told.push(await report(0, 2));
      return 0;
    });
    expect(told).toEqual(["cancel", "cancel"]);
  });

  it("where it was asked for", async () => {
    const study = await studyOf([0], { pruner: threshold({ upper: 1 }) });
    await study.ask();
    await study.cancel(0);
    expect(await study.report(0, 0, 2)).toBe("cancel");
  });
});

describe("a trial that is told prune has no later reports, which are chance", () => {
  it("where a program made them in the same moment, or at its end", async () => {
    const lines = (steps: readonly number[]) =>
      JSON.stringify(steps.map((step) => `${JSON.stringify({ step, loss: step === 3 ? 8 : 0 })}\n`).join(""));
    const write = (steps: readonly number[]) =>
      `require("fs").appendFileSync(process.env.PARZEN_REPORT_FILE, ${lines(steps)})`;
    const atEnd = `process.on("SIGTERM", () => { ${write([10, 11])}; process.exit(0); })`;
    const script = `${atEnd}; ${write([0, 1, 2, 3, 2, 9])}; setInterval(() => {}, 1000)`;
    const argv = [process.execPath, "-e", script.replaceAll("{", "{{").replaceAll("}", "}}")];
    const source = { kind: "command", argv, cwd: process.cwd(), metric: "loss", space: compiled } as const;
    const pool = processPool({ source });
    const study = await studyOf([0.5], { pruner: threshold({ upper: 5 }) });
    const told: unknown[] = [];
    study.on("reported", ({ step, verdict }) => told.push([step, verdict]));
    await study.drive(pool);
    const trial = await study.trial(0);
    await study.close();
    await pool.close();
    expect(trial).toMatchObject({ state: "pruned", step: 3 });
    expect(trial.reports.map(({ step }) => step)).toEqual([0, 1, 2, 3]);
    expect(told).toEqual([
      [0, "continue"],
      [1, "continue"],
      [2, "continue"],
      [3, "prune"],
    ]);
  });

  it("where an objective asks for no verdict", async () => {
    const study = await studyOf([0.5], { pruner: threshold({ upper: 5 }) });
    await study.optimize(async (_, trial) => {
      for (const [step, value] of [0, 0, 8, 0, 9].entries()) void trial.report(step, value);
      await trial.report(5, 0);
      await trial.report(6, 0);
      return 0;
    });
    const trial = await study.trial(0);
    expect(trial).toMatchObject({ state: "pruned", step: 2 });
    expect(trial.reports.map(({ step }) => step)).toEqual([0, 1, 2]);
  });
});

/** A program that reports for ever, and heeds no signal where it is the worst. */
const PROGRAM = `
  const { appendFileSync } = require("fs");
  const [x, epochs] = process.argv.slice(1).map(Number);
  if (epochs !== 9 || process.env.PARZEN_FIDELITY !== "9") process.exit(3);
  if (x === 1) process.on("SIGTERM", () => {});
  let step = 0;
  setInterval(() => {
    step++;
    appendFileSync(process.env.PARZEN_REPORT_FILE, JSON.stringify({ step, loss: x + 1 / step }) + "\\n");
    if (x === 0 && step === 9) { console.log("loss=" + x); process.exit(0); }
  }, 5);
`;

const POOLS: { readonly [name: string]: () => Executor } = {
  "child processes": () =>
    processPool({
      source: { kind: "module", file: fileURLToPath(new URL("../../fixtures/objectives/curve.mjs", import.meta.url)) },
    }),
  "a command": () =>
    processPool({
      source: {
        kind: "command",
        argv: [process.execPath, "-e", PROGRAM.replaceAll("{", "{{").replaceAll("}", "}}"), "{x}", "{fidelity}"],
        cwd: process.cwd(),
        metric: "loss",
        space: compiled,
      },
      graceMs: 300,
    }),
};

describe("a study with rungs prunes what would never end", () => {
  it.each(Object.entries(POOLS))("in %s", async (_, open) => {
    const pool = open();
    try {
      const study = await studyOf([0, 0.5, 1], { pruner: successiveHalving() });
      await study.drive(pool);
      expect((await study.trials()).map(({ state }) => state)).toEqual(["complete", "pruned", "pruned"]);
      await study.close();
    } finally {
      await pool.close();
    }
  });

  it("where workers run it and the driver only reads", async () => {
    const store = await openStore("memory:");
    const study = await studyOf([0, 0.5, 1], { pruner: successiveHalving(), store });
    const objective = async (
      { x }: { readonly x: number },
      trial: { report(s: number, v: number): Promise<string> },
    ) => {
      for (let epoch = 1; x > 0 || epoch <= 9; epoch++) {
        if ((await trial.report(epoch, x + 1 / epoch)) === "prune") break;
        if (x > 0) await new Promise((resolve) => setTimeout(resolve, 5));
      }
      return x;
    };
    const executor = inProcess({ objective: objective as never, space: compiled, slots: 1, trialTimeoutMs: null });
    await study.drive(new LocalFleet(store, executor));
    expect((await study.trials()).map(({ state }) => state)).toEqual(["complete", "pruned", "pruned"]);
  });
});

describe("the fidelity of a study", () => {
  it("is every trial's budget, stays with the study, and is part of what it is", async () => {
    const store = await openStore("memory:");
    const study = await studyOf([0.25], { pruner: successiveHalving(), store });
    const budgets: unknown[] = [];
    await study.configure({ maxTrials: 3 });
    await study.optimize((_, trial) => {
      budgets.push(trial.fidelity);
      return 0;
    });
    expect(budgets).toEqual([9, 9, 9]);
    expect((await study.trials()).map((trial) => trial.fidelity)).toEqual([9, 9, 9]);
    expect((await study.refresh()).fidelity).toEqual({ name: "epochs", min: 1, max: 9, eta: 4 });
    const archive = await store.exportStudy("pruned");
    expect((await store.importStudy(archive, "copy")).fidelity).toEqual(archive.study.fidelity);
    await expect(openStudy({ name: "pruned", store, fidelity })).resolves.toBeDefined();
    const error = await rejectionOf(() => openStudy({ name: "pruned", store, fidelity: { ...fidelity, max: 27 } }));
    expect(error).toMatchObject({ code: "STUDY_CHANGED", message: expect.stringContaining("fidelity: ") });
  });

  it("takes its defaults where a key is undefined", async () => {
    const fidelity = { name: "epochs", max: 10, min: undefined, eta: undefined };
    const study = await createStudy({ space, fidelity: fidelity as never });
    expect((await study.refresh()).fidelity).toEqual({ name: "epochs", min: 2, max: 10, eta: 4 });
  });

  it.each([
    [{ name: "epochs", max: 1 }, "fidelity.max: expected an integer from 2, received 1"],
    [{ name: "epochs", min: 9, max: 9 }, "fidelity.min: expected less than max, 9, received 9"],
    [{ name: "epochs", max: 9, rungs: 3 }, "fidelity.rungs: unknown key"],
    [9, "fidelity: expected { name, min, max, eta }, received 9"],
  ])("%j is refused", async (given, message) => {
    const error = await rejectionOf(() => createStudy({ space, fidelity: given as never }));
    expect(error).toMatchObject({ code: "OPTION_INVALID", message });
  });
});

it("what pruners see is kept by number, whatever order trials report in", () => {
  const reported = new ReportedTrials();
  const report = (number: number, state: string, steps: number) =>
    reported.remember({
      number,
      state,
      reports: Array.from({ length: steps }, (_, step) => ({ step, value: 0 })),
    } as never);
  for (const number of [3, 1, 2, 0]) report(number, "running", 1);
  report(2, "complete", 4);
  report(1, "failed", 1);
  report(5, "queued", 0);
  const { trial, others } = reported.around(2);
  expect(trial).toMatchObject({ number: 2, state: "complete" });
  expect(others.map(({ number }) => number)).toEqual([0, 3]);
  expect(reported.around(1)).toMatchObject({ trial: null, others: [{ number: 0 }, { number: 2 }, { number: 3 }] });
});
