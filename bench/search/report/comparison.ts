import type { Runs } from "../runs.ts";
import { type Estimate, estimate, regretRatio, winRate } from "../statistics.ts";
import type { Task } from "../task.ts";

/** Two optimizers, one of them ours. */
export interface PairOfNames {
  readonly ours: string;
  readonly theirs: string;
}

/** How one of our optimizers did beside another, on one set of tasks. */
export interface OptimizerComparison {
  readonly ours: string;
  readonly theirs: string;
  readonly after: number;
  /** Every task, those of real training runs, or the others. */
  readonly set: "all" | "real" | "analytic";
  readonly tasks: number;
  readonly ratio: Estimate;
  readonly wins: Estimate;
  /** The task on which we are worst beside them. */
  readonly worst: { readonly task: string; readonly ratio: number };
}

/** One for each set that has a task on which both ran. */
export function comparisons(runs: Runs, pair: PairOfNames, after: number): readonly OptimizerComparison[] {
  const shared = runs.shared([pair.ours, pair.theirs], after);
  const isReal = ({ task }: { readonly task: Task }): boolean => task.kind !== "analytic";
  const sets = { all: shared, real: shared.filter(isReal), analytic: shared.filter((each) => !isReal(each)) };
  return (["all", "real", "analytic"] as const).flatMap((set) => {
    const tasks = sets[set].map(({ samples }) => samples);
    const each = sets[set].map(({ task, samples }) => ({ task: task.name, ratio: regretRatio([samples]) }));
    const [worst] = each.toSorted((a, b) => b.ratio - a.ratio);
    if (worst === undefined) return [];
    const ratio = estimate(tasks, regretRatio);
    return [{ ...pair, after, set, tasks: tasks.length, ratio, wins: estimate(tasks, winRate), worst }];
  });
}
