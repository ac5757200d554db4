import type { Runs } from "../runs.ts";
import { median } from "../statistics.ts";

/** The medians of all optimizers on one task, after so many trials. */
export interface TaskRow {
  readonly task: string;
  readonly kind: string;
  readonly after: number;
  /** Of normalised regret. */
  readonly medians: Readonly<Record<string, number>>;
}

/** One for each task. */
export function taskRows(runs: Runs, optimizers: readonly string[], after: number): readonly TaskRow[] {
  return runs.tasks.map((task) => {
    const medians = optimizers.flatMap((name): readonly [string, number][] => {
      const regrets = runs.regrets(task, name, after);
      return regrets === null ? [] : [[name, median(regrets)]];
    });
    return { task: task.name, kind: task.kind, after, medians: Object.fromEntries(medians) };
  });
}
