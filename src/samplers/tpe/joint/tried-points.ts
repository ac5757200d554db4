import type { Point, PointSpace } from "../../points.ts";
import type { ProposalRequest } from "../../sampler.ts";

/** Finished trials and their losses, and pending ones. */
export interface Tried {
  readonly points: readonly Point[];
  /** By point; NaN for what failed. */
  readonly losses: Float64Array;
  readonly pending: readonly Point[];
}

/** @param losses of the observations */
export function triedOf(
  points: PointSpace,
  { observations, pending }: Pick<ProposalRequest, "observations" | "pending">,
  losses: Float64Array,
): Tried {
  return {
    points: observations.map(({ assignment }) => points.pointOf(assignment)),
    losses,
    pending: pending.map(({ assignment }) => points.pointOf(assignment)),
  };
}
