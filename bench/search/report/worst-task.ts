import type { Runs } from "../runs.ts";
import { regretRatio } from "../statistics.ts";
import type { Task } from "../task.ts";

/** Our worst task beside whoever is best on each. */
export interface WorstTask {
  readonly ours: string;
  readonly after: number;
  readonly task: string;
  readonly theirs: string;
  readonly ratio: number;
}

/** Nothing where no task has runs of ours and of another. */
export function worstTask(
  runs: Runs,
  { ours, theirs, after }: { readonly ours: string; readonly theirs: readonly string[]; readonly after: number },
): readonly WorstTask[] {
  const beside = (task: Task): readonly WorstTask[] =>
    theirs.flatMap((name) => {
      const [one, other] = [runs.regrets(task, ours, after), runs.regrets(task, name, after)];
      if (one === null || other === null) return [];
      return [{ ours, after, task: task.name, theirs: name, ratio: regretRatio([[one, other]]) }];
    });
  const highest = (rows: readonly WorstTask[]): readonly WorstTask[] =>
    rows.toSorted((a, b) => b.ratio - a.ratio).slice(0, 1);
  return highest(runs.tasks.flatMap((task) => highest(beside(task))));
}
