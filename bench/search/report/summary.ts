import type { Curve } from "../curve.ts";
import { Runs } from "../runs.ts";
import type { Task } from "../task.ts";
import { comparisons, type OptimizerComparison } from "./comparison.ts";
import { type Ranking, ranking } from "./ranking.ts";
import { type TaskRow, taskRows } from "./task-row.ts";
import { type TrialsToEqual, trialsToEqual } from "./trials-to-equal.ts";
import { type WorstTask, worstTask } from "./worst-task.ts";

/** Trials after which optimizers are compared, beside the end of our runs. */
const MARKS = [25, 50, 100, 200];
/** A peer's trials that one would like to equal with fewer. */
const TARGETS = [100, 200];

/** What a report says. */
export interface Summary {
  readonly rankings: readonly Ranking[];
  readonly comparisons: readonly OptimizerComparison[];
  readonly worst: readonly WorstTask[];
  readonly equallings: readonly TrialsToEqual[];
  readonly tasks: readonly TaskRow[];
}

interface Material {
  readonly tasks: readonly Task[];
  readonly curves: readonly Curve[];
  /** The optimizers that are judged; the others are what they are judged by. */
  readonly ours: readonly string[];
  /** Trials of our runs. */
  readonly trials: number;
}

/** What the curves say. They have to be of the same number in flight. */
export function summarize(material: Material): Summary {
  const { curves, ours, trials } = material;
  const optimizers = [...new Set(curves.map(({ optimizer }) => optimizer))].toSorted();
  const theirs = optimizers.filter((name) => !ours.includes(name));
  const marks = [...MARKS.filter((mark) => mark < trials), trials];
  const runs = new Runs(material.tasks, curves);
  const pairs = ours.flatMap((name) => theirs.map((other) => ({ ours: name, theirs: other })));
  return {
    rankings: marks.flatMap((after) => ranking(runs, optimizers, after)),
    comparisons: pairs.flatMap((pair) => marks.flatMap((after) => comparisons(runs, pair, after))),
    worst: ours.flatMap((name) => marks.flatMap((after) => worstTask(runs, { ours: name, theirs, after }))),
    equallings: pairs.flatMap((pair) => TARGETS.flatMap((target) => trialsToEqual(runs, pair, target))),
    tasks: taskRows(runs, optimizers, trials),
  };
}
