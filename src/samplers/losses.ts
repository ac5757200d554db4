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
  const losses = Float64Array.from(observations, ({ result }) =>
    result.kind === "failed" ? Number.NaN : (result.losses[0] ?? Number.NaN),
  );
  const least = leastFinite(losses);
  const floor = observations.some(({ result }) => result.kind === "pruned") ? middleOfComplete(observations) : null;
  observations.forEach(({ result }, index) => {
    const loss = losses[index] ?? Number.NaN;
    if (loss === Number.NEGATIVE_INFINITY) losses[index] = least;
    if (result.kind === "pruned" && floor !== null && loss < floor) losses[index] = floor;
  });
  return losses;
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
