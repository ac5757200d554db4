import type { Runs } from "../runs.ts";
import { type Estimate, estimate, geometricRegret, meanRank } from "../statistics.ts";

/** The optimizers by how they rank after so many trials. */
export interface Ranking {
  readonly after: number;
  readonly tasks: readonly string[];
  readonly rows: readonly { readonly optimizer: string; readonly rank: Estimate; readonly regret: Estimate }[];
  /** Who did not run on all of these tasks. */
  readonly unranked: readonly string[];
}

/** Of the optimizers that ran on every task that anybody ran on. */
export function ranking(runs: Runs, optimizers: readonly string[], after: number): readonly Ranking[] {
  const covered = (names: readonly string[]): number => runs.shared(names, after).length;
  const most = Math.max(...optimizers.map((name) => covered([name])));
  const ranked = optimizers.filter((name) => covered([name]) === most);
  const shared = runs.shared(ranked, after);
  if (shared.length === 0) return [];
  const tasks = shared.map(({ samples }) => samples);
  const rows = ranked.map((optimizer, index) => ({
    optimizer,
    rank: estimate(tasks, meanRank(index)),
    regret: estimate(
      tasks.map((samples) => samples.slice(index, index + 1)),
      geometricRegret,
    ),
  }));
  rows.sort((a, b) => a.rank.value - b.rank.value);
  const unranked = optimizers.filter((name) => !ranked.includes(name));
  return [{ after, tasks: shared.map(({ task }) => task.name), rows, unranked }];
}
