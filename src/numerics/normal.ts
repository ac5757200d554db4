import type { Rng } from "../random/stream.ts";
import { erf, erfc } from "./erf.ts";

/** Floor under the width of a normal and under the argument of a log-normal, so that neither gives NaN. */
const EPSILON = 1e-12;

/** ln √(2π). */
export const LOG_ROOT_TWO_PI: number = 0.5 * Math.log(2 * Math.PI);

/** P(X <= x) for X normal. */
export function normalCdf(x: number, mu: number, sigma: number): number {
  return 0.5 * erfc(-(x - mu) / erfScale(sigma));
}

/** P(X <= x) for ln X normal with `mu` and `sigma`. */
export function lognormalCdf(x: number, mu: number, sigma: number): number {
  return normalCdf(lognormalArgument(x), mu, sigma);
}

/** Log-density at x > 0 for ln X normal with `mu` and `sigma`, nats. */
export function lognormalLogDensity(x: number, mu: number, sigma: number): number {
  const z = (Math.log(x) - mu) / sigma;
  return -0.5 * z * z - Math.log(sigma * x) - LOG_ROOT_TWO_PI;
}

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
