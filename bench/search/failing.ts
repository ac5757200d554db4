import seedrandom from "seedrandom";
import type { Task } from "./task.ts";

/**
 * The task with a share of evaluations that fail by chance, wherever they are: they have no loss. It has no recorded
 * curves, since nothing failed for those who made them.
 */
export function failingByChance(task: Task, share: number): Task {
  return {
    ...task,
    name: `${task.name}, ${share} failing`,
    recorded: [],
    evaluate: (config, key) => {
      const evaluation = task.evaluate(config, key);
      const fails = seedrandom.alea(`failure ${key.seed} ${key.index}`).double() < share;
      return fails ? { ...evaluation, loss: Number.NaN } : evaluation;
    },
  };
}
