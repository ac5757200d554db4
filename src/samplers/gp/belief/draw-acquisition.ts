import type { Rng } from "../../../random/stream.ts";
import { type Acquisition, confidenceBound, expectedImprovement, improvementProbability } from "./acquisition.ts";

/** What is known where an acquisition is drawn. */
interface Progress {
  /** The lowest loss that is believed. */
  readonly best: number;
  /** Trials that the model has seen. */
  readonly trials: number;
  /** Params that are active where the best is. */
  readonly params: number;
}

/** What is drawn from. Small improvements are left for later: at first, they lie around whatever was found by luck. */
const AT_FIRST: readonly ((progress: Progress) => Acquisition)[] = [improvement, improvement, bound];
const LATER: readonly ((progress: Progress) => Acquisition)[] = [improvement, bound, smallImprovement];

/** Trials that the model has seen before it is later. */
const FIRST_TRIALS = 30;

/** One of three acquisitions: what one of them gets stuck on, another passes. */
export function drawAcquisition(progress: Progress, rng: Rng): Acquisition {
  const acquisitions = progress.trials < FIRST_TRIALS ? AT_FIRST : LATER;
  const make = acquisitions[Math.floor(rng.next() * acquisitions.length)] ?? improvement;
  return make(progress);
}

function improvement({ best }: Progress): Acquisition {
  return expectedImprovement(best);
}

function smallImprovement({ best }: Progress): Acquisition {
  return improvementProbability(best);
}

/** Deviations per root of the params, and their limits. Measured: docs/search-experiments.md. */
const OPTIMISM = 1.1;
const LEAST_OPTIMISM = 1.8;
const MOST_OPTIMISM = 4;

/** The more params, the more edges a space has, and the best is often near one: few trials have been there. */
function bound({ params }: Progress): Acquisition {
  const optimism = OPTIMISM * Math.sqrt(params);
  return confidenceBound(Math.min(MOST_OPTIMISM, Math.max(LEAST_OPTIMISM, optimism)));
}
