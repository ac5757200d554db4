import { describe, expect, it } from "vitest";
import type { Curve } from "../../../bench/search/curve.ts";
import { FLOOR, mean } from "../../../bench/search/statistics.ts";
import type { Task } from "../../../bench/search/task.ts";
import type { Sampler } from "../../../src/samplers/sampler.ts";
import { tpe } from "../../../src/samplers/tpe/tpe.ts";
import { curvesOf, taskNamed } from "./runs.ts";

/** Numeric, logarithmic, integer, categorical and conditional dimensions. */
const TASKS = ["branin", "hartmann6", "rosenbrock4", "ackley5", "mixed6", "tree"].map(taskNamed);
const SEEDS = 20;
const TRIALS = 100;
const MARKS = [50, 100];

/** By how many standard errors the mean log regret of `ours` is above that of `theirs`. */
function distance(task: Task, ours: readonly Curve[], theirs: readonly Curve[], after: number): number {
  const logs = (curves: readonly Curve[]): readonly number[] =>
    curves.map(({ values }) => {
      const regret = ((values[after - 1] ?? Number.NaN) - task.optimum) / (task.random.median - task.optimum);
      return Math.log(Math.max(regret, FLOOR));
    });
  const variance = (values: readonly number[]): number =>
    mean(values.map((value) => (value - mean(values)) ** 2)) / (values.length - 1);
  const [a, b] = [logs(ours), logs(theirs)];
  return (mean(a) - mean(b)) / Math.sqrt(variance(a) + variance(b));
}

const recorded = (task: Task, optimizer: string): readonly Curve[] =>
  task.recorded.filter((curve) => curve.optimizer === optimizer && curve.seed < SEEDS);

/** From Hyperopt: on each task at each mark, and over the tasks at each mark, again in standard errors (Stouffer). */
function distances(runs: ReadonlyMap<Task, readonly Curve[]>): { readonly overall: number[]; readonly each: number[] } {
  const each = MARKS.map((after) =>
    [...runs].map(([task, ours]) => distance(task, ours, recorded(task, "hyperopt_tpe"), after)),
  );
  return { overall: each.map((ofMark) => mean(ofMark) * Math.sqrt(ofMark.length)), each: each.flat() };
}

async function runsOf(make: () => Sampler, seeds: number): Promise<ReadonlyMap<Task, readonly Curve[]>> {
  const runs = new Map<Task, readonly Curve[]>();
  for (const task of TASKS) runs.set(task, await curvesOf(make, task, seeds, TRIALS));
  return runs;
}

describe("tpe({ hyperopt: true }), beside recorded curves of Hyperopt", () => {
  it("has twenty of them on each task", () => {
    for (const task of TASKS) expect(recorded(task, "hyperopt_tpe")).toHaveLength(SEEDS);
  });

  it("finds what Hyperopt finds, within noise", async () => {
    const { overall, each } = distances(await runsOf(() => tpe({ hyperopt: true }), SEEDS));
    for (const z of overall) expect(Math.abs(z)).toBeLessThan(2.5);
    for (const z of each) expect(Math.abs(z)).toBeLessThan(3.5);
  });

  it("would be told from random search", () => {
    const { overall } = distances(new Map(TASKS.map((task) => [task, recorded(task, "random")])));
    expect(overall.at(-1)).toBeGreaterThan(5);
  });

  it("would be told from a TPE that takes any candidate, by fewer curves already", async () => {
    const { overall } = distances(await runsOf(() => tpe({ hyperopt: true, candidates: 1 }), 14));
    expect(overall.at(-1)).toBeGreaterThan(2.5);
  });
});
