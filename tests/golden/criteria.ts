import { erfc } from "../../src/numerics/erf.ts";

/** ln √(2π). */
const LOG_ROOT_TWO_PI = 0.5 * Math.log(2 * Math.PI);

/**
 * Criteria that Hyperopt has beside its TPE. No sampler here is judged by them; they are kept so that every row of the
 * golden file is held against `erfc`.
 */

/** A normal belief about a value that is to be large. */
export interface Belief {
  readonly mean: number;
  readonly variance: number;
}

/** By how much the value is expected to exceed `threshold`, values below it counting as 0. */
export function expectedImprovement(belief: Belief, threshold: number): number {
  return Math.exp(logExpectedImprovement(belief, threshold));
}

/** The logarithm of the expected improvement, finite and precise where that itself underflows. */
export function logExpectedImprovement({ mean, variance }: Belief, threshold: number): number {
  const sigma = Math.sqrt(variance);
  return Math.log(sigma) + logImprovement((mean - threshold) / sigma);
}

/** The value that is reached with a confidence of `z` standard deviations. */
export function upperConfidenceBound({ mean, variance }: Belief, z: number): number {
  return mean + z * Math.sqrt(variance);
}

/** ln(φ(z) + z·Φ(z)). */
function logImprovement(z: number): number {
  const logDensity = -0.5 * z * z - LOG_ROOT_TWO_PI;
  const mass = 0.5 * erfc(-z * Math.SQRT1_2);
  if (z > -1) return Math.log(Math.exp(logDensity) + z * mass);
  if (z > -30) return logDensity + Math.log1p(z * Math.exp(Math.log(mass) - logDensity));
  const s = 1 / (z * z); // the asymptotic series of Mills' ratio
  return logDensity + Math.log(s) + Math.log1p(s * (-3 + s * (15 + s * (-105 + s * 945))));
}
