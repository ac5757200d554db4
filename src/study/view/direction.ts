import type { Direction } from "../../store/study-record.ts";
import type { Losses, Outcome } from "../../trial/outcome.ts";

/**
 * Turns a figure between the user's direction and the inner one, in which lower is better; its own inverse. The study
 * room is the only door: nothing further in knows of directions.
 */
export function orient(direction: Direction, value: number): number {
  return direction === "maximize" ? -value : value;
}

/** An outcome as an objective gave it, turned for the store. */
export function orientOutcome(direction: Direction, outcome: Outcome): Outcome {
  if (direction === "minimize" || outcome.kind !== "complete") return outcome;
  const [first, ...rest] = outcome.losses;
  const losses: Losses = [orient(direction, first), ...rest.map((loss) => orient(direction, loss))];
  return { ...outcome, losses };
}
