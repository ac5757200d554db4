import type { Rng } from "../random/stream.ts";
import { erf, erfc } from "./erf.ts";

/** Floor under the width of a normal and under the argument of a log-normal, so that neither gives NaN. */
const EPSILON = 1e-12;

/** Logarithm of a natural value, floored at that of 1e-12, as Hyperopt does for values that quantization made 0. */
export function lognormalArgument(x: number): number {
  return Math.log(Math.max(x, EPSILON));
}

/** What turns a distance into an argument of `erf`: √2·sigma. */
export function erfScale(sigma: number): number {
  return Math.max(Math.SQRT2 * sigma, EPSILON);
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
