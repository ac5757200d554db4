import type { Observation } from "../trial/observation.ts";
import { estimateUnfinished } from "./estimates.ts";
import type { ProposalRequest } from "./sampler.ts";

/** What is known of trials, finished or not. */
export type Known = Pick<ProposalRequest, "observations" | "pending">;

/** What trials taught, for models that need a number for all of them. */
export interface Losses {
  /**
   * By observation; NaN for what failed or gave NaN, and never -Infinity: the least finite loss stands for it.
   *
   * A pruned trial counts with what it would probably have come to, judged by others that reported at the same step and
   * went on; see `estimateUnfinished`. Its last report alone would be another kind of figure than a loss.
   */
  readonly finished: Float64Array;
  /** By pending trial, what it will probably come to; NaN where it has not reported what says something of its end. */
  readonly expected: Float64Array;
}

export function lossesOf({ observations, pending }: Known): Losses {
  const finished = reportedLosses(observations);
  const isEstimating =
    observations.some(({ result }) => result.kind === "pruned") || pending.some(({ report }) => report !== undefined);
  const expected = isEstimating
    ? estimateUnfinished(
        finished,
        observations,
        pending.map(({ report }) => report ?? null),
      )
    : new Float64Array(pending.length).fill(Number.NaN);
  return { finished, expected };
}

/** A loop over thousands of trials, for every proposal. */
function reportedLosses(observations: readonly Observation[]): Float64Array {
  const losses = new Float64Array(observations.length);
  let hasNegative = false;
  for (let trial = 0; trial < losses.length; trial++) {
    const result = observations[trial]?.result;
    const loss = result === undefined || result.kind === "failed" ? Number.NaN : result.losses[0];
    losses[trial] = loss;
    hasNegative ||= loss === Number.NEGATIVE_INFINITY;
  }
  if (!hasNegative) return losses;
  const least = leastFinite(losses);
  return losses.map((loss) => (loss === Number.NEGATIVE_INFINITY ? least : loss));
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
