import { lowerBound } from "../../numerics/lower-bound.ts";
import type { Sample } from "./column.ts";

/** Normals that make up a density; means ascending, weights summing to 1. */
export interface Components {
  readonly weights: Float64Array;
  readonly mus: Float64Array;
  readonly sigmas: Float64Array;
}

/** The space's own component. */
export interface Prior {
  readonly mu: number;
  readonly sigma: number;
  /** Relative to the weights of the sample. */
  readonly weight: number;
}

/**
 * A Parzen estimator whose widths follow the gaps between neighbours.
 *
 * One component a value and one for the prior. A component is as wide as the larger gap to its neighbours, between
 * sigma/min(100, n + 2) and sigma of the prior.
 *
 * @source Bergstra et al. 2011 (NeurIPS 24), section 4; Hyperopt, adaptive_parzen_normal
 */
export function adaptiveParzen(sample: Sample, prior: Prior): Components {
  const at = priorPlace(sample.values, prior.mu);
  const mus = inserted(sample.values, at, prior.mu);
  const weights = inserted(sample.weights, at, prior.weight);
  const sigmas = widths(mus, prior.sigma);
  sigmas[at] = prior.sigma;
  let total = 0;
  for (let i = 0; i < weights.length; i++) total += weights[i] as number; // in range
  for (let i = 0; i < weights.length; i++) weights[i] = (weights[i] as number) / total;
  return { weights, mus, sigmas };
}

/** The prior stands before the first value that is not below it; behind a single equal one. */
function priorPlace(values: Float64Array, mu: number): number {
  if (values.length === 1) return mu < (values[0] ?? 0) ? 0 : 1;
  return lowerBound(values, mu);
}

function inserted(values: Float64Array, at: number, value: number): Float64Array {
  const result = new Float64Array(values.length + 1);
  result.set(values);
  result.copyWithin(at + 1, at, values.length);
  result[at] = value;
  return result;
}

function widths(mus: Float64Array, sigma: number): Float64Array {
  const last = mus.length - 1;
  const narrowest = sigma / Math.min(100, last + 2);
  const sigmas = new Float64Array(mus.length);
  if (last === 1) return sigmas.fill(Math.max(sigma / 2, narrowest));
  let left = Number.NEGATIVE_INFINITY;
  for (let i = 0; i <= last; i++) {
    const right = i < last ? (mus[i + 1] as number) - (mus[i] as number) : Number.NEGATIVE_INFINITY; // in range
    const gap = left > right ? left : right;
    sigmas[i] = gap < narrowest ? narrowest : gap > sigma ? sigma : gap;
    left = right;
  }
  return sigmas;
}
