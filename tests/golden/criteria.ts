import { logImprovement } from "../../src/numerics/log-ei.ts";

/**
 * Criteria that Hyperopt has beside its TPE. No sampler here is judged by them; they are kept so that every row of the
 * golden file is held against `logImprovement`.
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
