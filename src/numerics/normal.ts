import type { Rng } from "../random/stream.ts";
import { erf, erfc, erfcx } from "./erf.ts";

/** Floor under the argument of a log-normal, so that it does not give NaN. */
const EPSILON = 1e-12;

/** The inverse of this is still a number. */
const LEAST_SCALE = 1e-308;

/** Logarithm of a natural value, floored at that of 1e-12, as Hyperopt does for values that quantization made 0. */
export function lognormalArgument(x: number): number {
  return Math.log(Math.max(x, EPSILON));
}

/**
 * What turns a distance into an argument of `erf`: √2·sigma, where that and its inverse are finite. Hyperopt's is at
 * least 1e-12, on which all that is narrower looks flat.
 */
export function erfScale(sigma: number): number {
  return Math.min(Number.MAX_VALUE, Math.max(LEAST_SCALE, Math.SQRT2 * sigma));
}

/** Mass of a normal between two arguments of `erf`, low <= high, precise in both tails. */
export function erfInterval(low: number, high: number): number {
  if (low > 0) return 0.5 * (erfc(low) - erfc(high));
  if (high < 0) return 0.5 * (erfc(-high) - erfc(-low));
  return 0.5 * (erf(high) - erf(low));
}

/** A draw of N(0, 1) by Box and Muller, two uniforms a draw. */
export function standardNormal(rng: Rng): number {
  const radius = Math.sqrt(-2 * Math.log(1 - rng.next()));
  return radius * Math.cos(2 * Math.PI * rng.next());
}

/** P(X <= x) of N(0, 1), precise in the lower tail down to the least double. */
export function normalCdf(x: number): number {
  if (!(x < -1)) return 0.5 * erfc(-x * Math.SQRT1_2);
  if (x < LEAST_ARGUMENT) return 0;
  const z = Math.fround(x); // exp(-x²/2) in two steps: z² is exact
  return 0.5 * erfcx(-x * Math.SQRT1_2) * Math.exp(-0.5 * z * z) * Math.exp(0.5 * (z - x) * (z + x));
}

/** Below this not even the least double is left of the normal cdf. */
const LEAST_ARGUMENT = -39;

/** φ(x)/P(X > x) of N(0, 1), the hazard rate: about x for a large x. */
export function normalHazard(x: number): number {
  return ROOT_TWO_OVER_PI / erfcx(x * Math.SQRT1_2);
}

/** √(2/π). */
const ROOT_TWO_OVER_PI = Math.sqrt(2 / Math.PI);

/** ln √(2π): ln φ(x) is -x²/2 less this. */
export const LOG_ROOT_TWO_PI: number = 0.5 * Math.log(2 * Math.PI);
