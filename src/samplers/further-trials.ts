import type { Observation } from "../trial/observation.ts";
import { lastUntil } from "../trial/reports.ts";

/** Trials that stand for all those of a longer history. */
const MOST_COMPARED = 300;

/** What some trials had reported by a step, and what they came to. By trial, finite. */
export interface Compared {
  readonly reported: Float64Array;
  readonly losses: Float64Array;
}

/** Trials that went further than a step, for one step after the other, the last one first. */
export class FurtherTrials {
  readonly #losses: Float64Array;
  readonly #observations: readonly Observation[];
  /** By trial: whether it went further. */
  readonly #wentOn: Uint8Array;
  #count: number;

  constructor(losses: Float64Array, observations: readonly Observation[]) {
    this.#losses = losses;
    this.#observations = observations;
    this.#wentOn = Uint8Array.from(observations, ({ result }) => Number(result.kind === "complete"));
    this.#count = this.#wentOn.reduce((count, wentOn) => count + wentOn, 0);
  }

  /** From here on a pruned trial counts, at steps before the one that it ended at. */
  add(trial: number): void {
    this.#wentOn[trial] = 1;
    this.#count++;
  }

  /** Those to compare with at a step, of many every so many-th; null where there are none. */
  at(step: number): Compared | null {
    const every = Math.ceil(this.#count / MOST_COMPARED);
    const reported: number[] = [];
    const losses: number[] = [];
    for (let trial = 0, further = 0; trial < this.#losses.length; trial++) {
      if (this.#wentOn[trial] !== 1 || further++ % every !== 0) continue;
      const loss = this.#losses[trial] ?? Number.NaN;
      const value = lastUntil(this.#observations[trial]?.reports ?? [], step)?.value ?? Number.NaN;
      if (!Number.isFinite(loss) || !Number.isFinite(value)) continue;
      reported.push(value);
      losses.push(loss);
    }
    if (losses.length === 0) return null;
    return { reported: Float64Array.from(reported), losses: Float64Array.from(losses) };
  }
}
