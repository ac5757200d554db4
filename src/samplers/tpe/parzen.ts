import { lowerBound } from "../../numerics/lower-bound.ts";
import type { Sample } from "./column.ts";

/** Normals that make up a density; means ascending. */
export interface Components {
  readonly mus: Float64Array;
  readonly sigmas: Float64Array;
  /** The smallest sigma that was allowed, and how many have it. */
  readonly narrowest: number;
  readonly countNarrow: number;
  /** Relative to `total`, their sum. */
  readonly weights: Float64Array;
  readonly total: number;
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
 * @param sample its arrays become those of the result
 * @source Bergstra et al. 2011 (NeurIPS 24), section 4; Hyperopt, adaptive_parzen_normal
 */
export function adaptiveParzen({ size, values, weights, sigmas, total }: Sample, prior: Prior): Components {
  const at = priorPlace(values, size, prior.mu);
  insert(values, at, prior.mu);
  insert(weights, at, prior.weight);
  return {
    mus: values,
    sigmas,
    ...fillWidths(sigmas, values, { at, sigma: prior.sigma }),
    weights,
    total: total + prior.weight,
  };
}

/** The prior stands before the first value that is not below it; behind a single equal one. */
function priorPlace(values: Float64Array, size: number, mu: number): number {
  if (size === 1) return mu < (values[0] ?? 0) ? 0 : 1;
  return lowerBound(values, mu, size);
}

/** Into the room at the end. */
function insert(values: Float64Array, at: number, value: number): void {
  values.copyWithin(at + 1, at, values.length - 1);
  values[at] = value;
}

type Narrow = Pick<Components, "narrowest" | "countNarrow">;

/** @param prior its place, and its sigma, which it keeps */
function fillWidths(
  sigmas: Float64Array,
  mus: Float64Array,
  prior: { readonly at: number; readonly sigma: number },
): Narrow {
  const { at, sigma } = prior;
  const last = mus.length - 1;
  const narrowest = sigma / Math.min(100, last + 2);
  let countNarrow = 0;
  let left = last === 1 ? sigma / 2 : 0;
  for (let i = 0; i <= last; i++) {
    const right = i === last ? 0 : last === 1 ? sigma / 2 : (mus[i + 1] as number) - (mus[i] as number); // in range
    const gap = left > right ? left : right;
    left = right;
    if (i === at) sigmas[i] = sigma;
    else if (gap > narrowest) sigmas[i] = gap < sigma ? gap : sigma;
    else {
      sigmas[i] = narrowest;
      countNarrow++;
    }
  }
  return { narrowest, countNarrow };
}
