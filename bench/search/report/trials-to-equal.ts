import type { Curve } from "../curve.ts";
import { MIN_SEEDS, type Runs } from "../runs.ts";
import { median } from "../statistics.ts";
import type { PairOfNames } from "./comparison.ts";

/** Trials that our median run needs to be as good as theirs after `trials`; null where it never is. */
export interface TrialsToEqual {
  readonly ours: string;
  readonly theirs: string;
  readonly trials: number;
  readonly tasks: Readonly<Record<string, number | null>>;
  readonly median: number | null;
}

/** Nothing where no task has enough runs of both. */
export function trialsToEqual(runs: Runs, { ours, theirs }: PairOfNames, trials: number): readonly TrialsToEqual[] {
  const entries = runs.tasks.flatMap((task): readonly [string, number | null][] => {
    const targets = runs.of(task, theirs).flatMap(({ values }) => values[trials - 1] ?? []);
    const curves = runs.of(task, ours);
    if (targets.length < MIN_SEEDS || curves.length < MIN_SEEDS) return [];
    return [[task.name, firstAtMost(curves, median(targets))]];
  });
  if (entries.length === 0) return [];
  const middle = median(entries.map(([, needed]) => needed ?? Number.POSITIVE_INFINITY));
  return [
    { ours, theirs, trials, tasks: Object.fromEntries(entries), median: Number.isFinite(middle) ? middle : null },
  ];
}

/** Trials after which the median of the curves is at most `target`. */
function firstAtMost(curves: readonly Curve[], target: number): number | null {
  const length = Math.min(...curves.map(({ values }) => values.length));
  for (let after = 1; after <= length; after++) {
    if (median(curves.map(({ values }) => values[after - 1] ?? Number.NaN)) <= target) return after;
  }
  return null;
}
