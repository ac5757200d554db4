import type { Found } from "./simulate.ts";

/** The incumbent's loss after so much compute; infinite before the first. */
export function lossAt({ incumbents }: Pick<Found, "incumbents">, spent: number): number {
  return incumbents.findLast(([at]) => at <= spent + 1e-9)?.[1] ?? Number.POSITIVE_INFINITY;
}

/** How a pruner did beside the same search without one. Compute is in parts of what the unpruned search had. */
export interface Comparison {
  /** Least compute at which the median over seeds is no worse than that of the unpruned search at the end. */
  readonly toEqualMedian: number | null;
  /** The same for the mean. */
  readonly toEqualMean: number | null;
  /** Mean normalized regret with all compute spent. */
  readonly regret: number;
  readonly unprunedRegret: number;
  /** Trials, whole ones among them, that the compute was enough for; means. */
  readonly trials: number;
  readonly complete: number;
}

/** How fine compute is looked at, in whole trainings. */
const STEP = 0.25;

/**
 * @param pruned, unpruned one search a seed
 * @param scale losses of regret 0 and of regret 1
 */
export function compare(
  pruned: readonly Found[],
  unpruned: readonly Found[],
  { budget, scale }: { readonly budget: number; readonly scale: readonly [best: number, usual: number] },
): Comparison {
  const [best, usual] = scale;
  const regrets = (runs: readonly Found[], spent: number): number[] =>
    runs.map((run) => (lossAt(run, spent) - best) / (usual - best));
  const toEqual = (middle: (values: readonly number[]) => number): number | null => {
    const goal = middle(regrets(unpruned, budget)) + 1e-12;
    for (let spent = STEP; spent <= budget; spent += STEP) {
      if (middle(regrets(pruned, spent)) <= goal) return spent / budget;
    }
    return null;
  };
  return {
    toEqualMedian: toEqual(median),
    toEqualMean: toEqual(mean),
    regret: mean(regrets(pruned, budget)),
    unprunedRegret: mean(regrets(unpruned, budget)),
    trials: mean(pruned.map(({ trials }) => trials)),
    complete: mean(pruned.map(({ complete }) => complete)),
  };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right);
  const middle = sorted.length / 2;
  return ((sorted[Math.ceil(middle) - 1] ?? Number.NaN) + (sorted[Math.floor(middle)] ?? Number.NaN)) / 2;
}
