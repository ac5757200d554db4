import { mean, median } from "../search/statistics.ts";
import type { Found } from "./simulate.ts";

/** The incumbent's loss after so much compute; infinite before the first. */
export function lossAt({ incumbents }: Pick<Found, "incumbents">, spent: number): number {
  return incumbents.findLast(([at]) => at <= spent + 1e-9)?.[1] ?? Number.POSITIVE_INFINITY;
}

/** Least compute, in parts of what another search had, at which the pruned one is no worse; null where it never is. */
export interface ComputeToEqual {
  /** By the median over seeds. */
  readonly median: number | null;
  readonly mean: number | null;
}

/** How a pruner did beside the same search without one. */
export interface PrunerComparison extends ComputeToEqual {
  /** Mean normalized regret with all compute spent. */
  readonly regret: number;
  readonly unprunedRegret: number;
  /** Trials, whole ones among them, that the compute was enough for; means. */
  readonly trials: number;
  readonly complete: number;
}

/** What the searches that are compared have in common. */
export interface Measure {
  /** Compute of each, in whole trainings. */
  readonly budget: number;
  /** Losses of regret 0 and of regret 1. */
  readonly scale: readonly [best: number, usual: number];
}

/** @param pruned, unpruned one search a seed */
export function compare(pruned: readonly Found[], unpruned: readonly Found[], measure: Measure): PrunerComparison {
  const { budget } = measure;
  const end = unpruned.map((run) => lossAt(run, budget));
  const regretOf = (losses: readonly number[]): number => mean(regrets(losses, measure));
  return {
    ...computeToEqual(pruned, end, measure),
    regret: regretOf(pruned.map((run) => lossAt(run, budget))),
    unprunedRegret: regretOf(end),
    trials: mean(pruned.map(({ trials }) => trials)),
    complete: mean(pruned.map(({ complete }) => complete)),
  };
}

/** How fine compute is looked at, in whole trainings. */
const STEP = 0.25;

/**
 * @param pruned one search a seed
 * @param end losses with which searches without a pruner ended, one a seed, which may be others
 */
export function computeToEqual(pruned: readonly Found[], end: readonly number[], measure: Measure): ComputeToEqual {
  const { budget } = measure;
  const toEqual = (middle: (values: readonly number[]) => number): number | null => {
    const goal = middle(regrets(end, measure)) + 1e-12;
    for (let spent = STEP; spent <= budget; spent += STEP) {
      const losses = pruned.map((run) => lossAt(run, spent));
      if (middle(regrets(losses, measure)) <= goal) return spent / budget;
    }
    return null;
  };
  return { median: toEqual(median), mean: toEqual(mean) };
}

function regrets(losses: readonly number[], { scale: [best, usual] }: Measure): readonly number[] {
  return losses.map((loss) => (loss - best) / (usual - best));
}
