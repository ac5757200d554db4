import type { Direction } from "../../store/study-record.ts";
import type { Losses, Outcome } from "../../trial/outcome.ts";

/**
 * Turns a figure between the user's direction and the inner one, in which lower is better; its own inverse, but for
 * -0. The study room is the only door: nothing further in knows of directions.
 */
export function orient(direction: Direction, value: number): number {
  return direction === "maximize" ? 0 - value : value; // -value would make -0 of 0
}

/** An outcome as an objective gave it, turned for the store. */
export function orientOutcome(direction: Direction, outcome: Outcome): Outcome {
  if (direction === "minimize" || outcome.kind !== "complete") return outcome;
  const [first, ...rest] = outcome.losses;
  const losses: Losses = [orient(direction, first), ...rest.map((loss) => orient(direction, loss))];
  return { ...outcome, losses };
}
