import type { ReportedTrial } from "../../pruners/pruner.ts";
import type { Trial } from "../../trial/trial.ts";

/** What a pruner may know: every trial that reported and did not fail, by number. Kept up to date trial by trial. */
export class ReportedTrials {
  readonly #trials: ReportedTrial[] = [];

  /** Takes in a trial as it is now. */
  remember({ number, state, reports }: Trial): void {
    const at = this.#placeOf(number);
    const isKnown = this.#trials[at]?.number === number;
    const counts = (state === "running" || state === "complete" || state === "pruned") && reports.length > 0;
    if (counts) this.#trials.splice(at, isKnown ? 1 : 0, { number, state, reports });
    else if (isKnown) this.#trials.splice(at, 1);
  }

  /** One trial, and every other one. A copy of a few microseconds at thousands of trials. */
  around(number: number): { readonly trial: ReportedTrial | null; readonly others: readonly ReportedTrial[] } {
    const at = this.#placeOf(number);
    const found = this.#trials[at];
    if (found?.number !== number) return { trial: null, others: this.#trials };
    return { trial: found, others: this.#trials.toSpliced(at, 1) };
  }

  clear(): void {
    this.#trials.length = 0;
  }

  /** Where a number is or would be. What changes is near the end. */
  #placeOf(number: number): number {
    let at = this.#trials.length;
    while (at > 0 && (this.#trials[at - 1]?.number ?? -1) >= number) at--;
    return at;
  }
}
