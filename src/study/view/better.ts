import type { CompleteTrial } from "../../trial/trial.ts";

/** Whether a trial is better than another one: of two with the same loss the earlier one is. */
export function isBetter(trial: CompleteTrial, other: CompleteTrial): boolean {
  return trial.losses[0] === other.losses[0] ? trial.number < other.number : trial.losses[0] < other.losses[0];
}
