import type { Assignment } from "../../../space/assignment.ts";
import type { Observation } from "../../../trial/observation.ts";
import { type Known, lossesOf } from "../../losses.ts";
import type { Point, PointSpace } from "../../points.ts";

/** Trials as models see them. One that runs is behind the finished ones as soon as it can be said how it does. */
export interface Tried {
  readonly points: readonly Point[];
  /** By point; NaN for what failed. */
  readonly losses: Float64Array;
  /** By point: 1 where the loss is an estimate, as the trial did not come to its end. */
  readonly estimated: Uint8Array;
  readonly pending: readonly Point[];
}

export function triedOf(points: PointSpace, known: Known): Tried {
  const { observations, pending } = known;
  const { finished, expected } = lossesOf(known);
  const isForetold = (_: unknown, trial: number): boolean => !Number.isNaN(expected[trial]);
  const pointOf = ({ assignment }: { readonly assignment: Assignment }): Point => points.pointOf(assignment);
  const foretold = pending.filter(isForetold);
  const tried = observations.map(pointOf);
  return {
    points: tried.concat(foretold.map(pointOf)),
    losses: joined(finished, expected.filter(isForetold)),
    estimated: estimatesOf(observations, foretold.length),
    pending: pending.filter((trial, index) => !isForetold(trial, index)).map(pointOf),
  };
}

function joined(first: Float64Array, second: Float64Array): Float64Array {
  if (second.length === 0) return first;
  const both = new Float64Array(first.length + second.length);
  both.set(first);
  both.set(second, first.length);
  return both;
}

function estimatesOf(observations: readonly Observation[], foretold: number): Uint8Array {
  const estimated = new Uint8Array(observations.length + foretold).fill(1, observations.length);
  for (let trial = 0; trial < observations.length; trial++) {
    if (observations[trial]?.result.kind === "pruned") estimated[trial] = 1;
  }
  return estimated;
}
