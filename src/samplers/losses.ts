import type { Observation } from "../trial/observation.ts";
import { estimatePruned } from "./pruned-losses.ts";

/**
 * What each trial taught, for models that need a number for all of them.
 *
 * A pruned trial counts with what it would probably have come to, judged by others that reported at the same step and
 * went on; see `estimatePruned`. Its last report alone would be another kind of figure than a loss.
 *
 * @returns by observation; NaN for what failed or gave NaN, and never -Infinity: the least finite loss stands for it
 */
export function lossesOf(observations: readonly Observation[]): Float64Array {
  const losses = new Float64Array(observations.length);
  let hasPruned = false;
  let hasNegative = false;
  for (let trial = 0; trial < losses.length; trial++) {
    const result = observations[trial]?.result;
    const loss = result === undefined || result.kind === "failed" ? Number.NaN : result.losses[0];
    losses[trial] = loss;
    hasPruned ||= result?.kind === "pruned";
    hasNegative ||= loss === Number.NEGATIVE_INFINITY;
  }
  if (hasNegative) {
    const least = leastFinite(losses);
    losses.forEach((loss, trial) => {
      if (loss === Number.NEGATIVE_INFINITY) losses[trial] = least;
    });
  }
  if (hasPruned) estimatePruned(losses, observations);
  return losses;
}

function leastFinite(losses: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const loss of losses) if (Number.isFinite(loss) && loss < least) least = loss;
  return least;
}

/** How many trials have a loss that a model can use. */
export function countFinite(losses: Float64Array): number {
  let count = 0;
  for (const loss of losses) if (Number.isFinite(loss)) count++;
  return count;
}
