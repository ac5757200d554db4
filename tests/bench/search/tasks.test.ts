import { describe, expect, it } from "vitest";
import type { Config } from "../../../bench/search/task.ts";
import { tasks } from "./runs.ts";

const { mulberry32, randomConfig } = await import("../../../bench/search/tasks/tasks.mjs" as string);

/** Tasks of exact formulas name the configuration that is best. */
const solved = tasks.flatMap((task) =>
  "argmin" in task && !("noise" in task) ? [{ ...task, argmin: task.argmin as Config }] : [],
);

describe("the tasks", () => {
  it("are twelve", () => expect(tasks).toHaveLength(12));

  it.each(tasks)("$name comes with twenty curves of every peer", ({ recorded }) => {
    const runs = (optimizer: string, inFlight: number): number =>
      recorded.filter((curve) => curve.optimizer === optimizer && curve.inFlight === inFlight).length;
    for (const peer of ["random", "hyperopt_tpe", "optuna_tpe", "optuna_tpe_mv"]) expect(runs(peer, 1)).toBe(20);
    for (const inFlight of [1, 8, 32]) expect(runs("optuna 5.0.0", inFlight)).toBe(20);
  });

  it.each(solved)("$name is lowest where it should be", (task) => {
    const { loss } = task.evaluate(task.argmin, { seed: 0, index: 0 });
    expect(loss - task.optimum).toBeLessThan(1e-6);
    expect(loss - task.optimum).toBeGreaterThan(-1e-12);
  });

  it.each(tasks)("$name gives the recorded curve of random search again", (task) => {
    const recorded = task.recorded.find(({ optimizer, seed }) => optimizer === "random" && seed === 3);
    const next = mulberry32(7919 * 4);
    let [lowest, incumbent] = [Number.POSITIVE_INFINITY, Number.NaN];
    const values = (recorded?.values ?? []).map((_, index) => {
      const evaluation = task.evaluate(randomConfig(task, next), { seed: 3, index });
      if (evaluation.loss < lowest) [lowest, incumbent] = [evaluation.loss, evaluation.true];
      return Number(incumbent.toPrecision(7));
    });
    expect(values).toEqual(recorded?.values);
    expect(values.length).toBeGreaterThanOrEqual(100);
  });
});
