import { EXP_RANGE, expNegative } from "../../../numerics/exp-table.ts";

/**
 * How smooth losses are taken to be: with 5/2 a path of them has two derivatives, with 3/2 one. The rougher one follows
 * plateaus and steps that the smoother one smears.
 */
export type Smoothness = "3/2" | "5/2";

/** By smoothness: the square of what a distance in length-scales is multiplied with. */
export const DECAY: Readonly<Record<Smoothness, number>> = { "3/2": 3, "5/2": 5 };

/** What is computed, and where it goes. */
export interface MaternTarget {
  readonly smoothness: Smoothness;
  readonly signal: number;
  /** Overwritten from `from` on with covariances. */
  readonly into: Float64Array;
  readonly from?: number;
  /** Overwritten from the beginning with twice the derivatives by the squared distance. */
  readonly slopes: Float64Array;
}

/**
 * Covariances of the Matérn kernel.
 *
 * @param squaredDistances in length-scales, multiplied with `DECAY`; may be `slopes` itself
 * @param count how many
 * @source Rasmussen and Williams 2006, "Gaussian processes for machine learning", equation 4.17
 */
export function fillMatern(squaredDistances: Float64Array, count: number, target: MaternTarget): void {
  const { smoothness, signal, into, from = 0, slopes } = target;
  const isRough = smoothness === "3/2";
  // roots by themselves: beside the rest, each may wait for the row before, as its register does
  for (let k = 0; k < count; k++) into[from + k] = Math.sqrt(squaredDistances[k] as number); // k < count, as below
  for (let k = 0; k < count; k++) {
    const squared = squaredDistances[k] as number;
    const rho = into[from + k] as number;
    const decayed = rho < EXP_RANGE ? signal * expNegative(rho) : 0;
    into[from + k] = decayed * (isRough ? 1 + rho : 1 + rho + squared / 3);
    slopes[k] = -decayed * (isRough ? 1 : (1 + rho) / 3);
  }
}
