import type { Observation } from "../trial/observation.ts";

/**
 * What each trial taught, for models that need a number for all of them.
 *
 * A pruned trial was given up because it was worse than others: it counts as no better than the middle of the
 * complete ones, whatever its last report says.
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
  if (hasPruned) raisePruned(losses, observations);
  return losses;
}

function raisePruned(losses: Float64Array, observations: readonly Observation[]): void {
  const middle = middleOfComplete(observations);
  if (middle === null) return;
  observations.forEach(({ result }, trial) => {
    if (result.kind === "pruned" && (losses[trial] ?? 0) < middle) losses[trial] = middle;
  });
}

function leastFinite(losses: Float64Array): number {
  let least = Number.POSITIVE_INFINITY;
  for (const loss of losses) if (Number.isFinite(loss) && loss < least) least = loss;
  return least;
}

function middleOfComplete(observations: readonly Observation[]): number | null {
  const complete = observations
    .flatMap(({ result }) =>
      result.kind === "complete" && Number.isFinite(result.losses[0]) ? [result.losses[0]] : [],
    )
    .sort((left, right) => left - right);
  return complete[complete.length >> 1] ?? null;
}

/** How many trials have a loss that a model can use. */
export function countFinite(losses: Float64Array): number {
  let count = 0;
  for (const loss of losses) if (Number.isFinite(loss)) count++;
  return count;
}
