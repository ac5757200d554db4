import type { Assignment } from "../../../space/assignment.ts";
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
  const foretold = pending.filter(isForetold);
  const losses = new Float64Array(finished.length + foretold.length);
  losses.set(finished);
  losses.set(expected.filter(isForetold), finished.length);
  const estimated = new Uint8Array(losses.length).fill(1, finished.length);
  observations.forEach(({ result }, trial) => {
    if (result.kind === "pruned") estimated[trial] = 1;
  });
  const pointOf = ({ assignment }: { readonly assignment: Assignment }): Point => points.pointOf(assignment);
  return {
    points: [...observations.map(pointOf), ...foretold.map(pointOf)],
    losses,
    estimated,
    pending: pending.filter((trial, index) => !isForetold(trial, index)).map(pointOf),
  };
}
