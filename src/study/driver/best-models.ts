import type { CompleteTrial, FinishedTrial } from "../../trial/trial.ts";
import { isBetter } from "../view/better.ts";

/** Tells, as trials end, whose models need not be kept: those of every trial but the best complete ones. */
export class BestModels {
  readonly #keep: number;
  /** The best first. */
  readonly #best: CompleteTrial[] = [];

  constructor(keep: number) {
    this.#keep = keep;
  }

  /**
   * Takes a trial that has ended; in which order they come, and how often, makes no difference to which remain.
   *
   * @returns the trial whose files may go now; null where all are needed
   */
  add(trial: FinishedTrial): FinishedTrial | null {
    if (trial.state !== "complete") return trial;
    if (this.#best.some(({ number }) => number === trial.number)) return null;
    const at = this.#best.findIndex((other) => isBetter(trial, other));
    this.#best.splice(at === -1 ? this.#best.length : at, 0, trial);
    return this.#best.length > this.#keep ? (this.#best.pop() ?? null) : null;
  }
}
