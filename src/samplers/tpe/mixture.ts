import { EXP_RANGE, expNegative } from "../../numerics/exp-table.ts";
import { logSumExp } from "../../numerics/log-sum-exp.ts";
import { lowerBound } from "../../numerics/lower-bound.ts";
import { erfInterval, erfScale, standardNormal } from "../../numerics/normal.ts";
import { logMass } from "../../numerics/truncated-normal.ts";
import type { Rng } from "../../random/stream.ts";
import type { Components } from "./parzen.ts";

/**
 * A mixture of normals, laid out for being asked often.
 *
 * With many observations nearly all components have the smallest width that the estimator allows. Those are kept
 * apart, equal ones as one, so that only the few near a point are visited. Means ascend in both parts. A scale is
 * 1/(√2·sigma).
 */
export interface Mixture {
  readonly narrow: { readonly mus: Float64Array; readonly weights: Float64Array; readonly scale: number };
  readonly wide: { readonly mus: Float64Array; readonly weights: Float64Array; readonly scales: Float64Array };
  /** Upper bound of the density, times √π and the total of the weights. */
  readonly peak: number;
  /** Sum of all weights. */
  readonly total: number;
}

/** Components farther away than this, in units of √2·sigma, are left out: each has lost a factor of exp(-50). */
const REACH = Math.sqrt(EXP_RANGE);

/** A sum above this share of what it could be at most is right to 1e-10, whatever was left out. */
const TRUSTED = Math.exp(-EXP_RANGE) * 1e10;

/** Components between two looks at the limit. */
const BLOCK = 16;

const ROOT_PI = Math.sqrt(Math.PI);

/** @param components their arrays are taken over and changed */
export function mixtureOf({ mus, sigmas, weights, total, narrowest, countNarrow }: Components): Mixture {
  const scale = 1 / erfScale(narrowest);
  const countWide = mus.length - countNarrow;
  const wide = {
    mus: new Float64Array(countWide),
    weights: new Float64Array(countWide),
    scales: new Float64Array(countWide),
  };
  let near = 0;
  let far = 0;
  let peak = 0;
  for (let i = 0; i < mus.length; i++) {
    const mu = mus[i] as number; // in range, as below
    const weight = weights[i] as number;
    if (sigmas[i] === narrowest) {
      const merged = near > 0 && mus[near - 1] === mu;
      if (!merged) mus[near++] = mu;
      weights[near - 1] = merged ? (weights[near - 1] as number) + weight : weight;
      peak += weight * scale;
    } else {
      wide.mus[far] = mu;
      wide.weights[far] = weight;
      const wideScale = 1 / erfScale(sigmas[i] as number);
      wide.scales[far++] = wideScale;
      peak += weight * wideScale;
    }
  }
  return { narrow: { mus: mus.subarray(0, near), weights: weights.subarray(0, near), scale }, wide, peak, total };
}

/**
 * Log-density at `x`, nats.
 *
 * @param limit may return early with any value above `limit` once the density is known to be above it
 */
export function logDensityAt(mixture: Mixture, x: number, limit: number): number {
  const norm = mixture.total * ROOT_PI;
  const sum = densitySum(mixture, x, Math.exp(limit) * norm);
  return (sum > mixture.peak * TRUSTED ? Math.log(sum) : logSumExp(logTerms(mixture, x))) - Math.log(norm);
}

/** The logarithm of every component's density, less the constant. */
function logTerms({ narrow, wide }: Mixture, x: number): number[] {
  const term = (mu: number, weight = 0, scale = 0) => Math.log(weight * scale) - ((x - mu) * scale) ** 2;
  const near = Array.from(narrow.mus, (mu, i) => term(mu, narrow.weights[i], narrow.scale));
  return near.concat(Array.from(wide.mus, (mu, i) => term(mu, wide.weights[i], wide.scales[i])));
}

/** The density times √π and the total, or a part of it that is above `limit`. */
function densitySum({ narrow, wide }: Mixture, x: number, limit: number): number {
  let sum = wideDensitySum(wide, x);
  const { mus, weights, scale } = narrow;
  const first = lowerBound(mus, x - REACH / scale);
  const end = lowerBound(mus, x + REACH / scale);
  let right = lowerBound(mus, x);
  let left = right - 1;
  while (!(sum > limit) && (left >= first || right < end)) {
    let near = 0;
    for (const stop = Math.max(first, left - BLOCK); left >= stop; left--) {
      const z = (x - (mus[left] as number)) * scale; // in range, as below
      near += (weights[left] as number) * expNegative(z * z);
    }
    for (const stop = Math.min(end, right + BLOCK); right < stop; right++) {
      const z = (x - (mus[right] as number)) * scale;
      near += (weights[right] as number) * expNegative(z * z);
    }
    sum += near * scale;
  }
  return sum;
}

function wideDensitySum({ mus, weights, scales }: Mixture["wide"], x: number): number {
  let sum = 0;
  for (let i = 0; i < mus.length; i++) {
    const scale = scales[i] as number; // in range, as below
    const z = (x - (mus[i] as number)) * scale;
    const square = z * z;
    if (square < EXP_RANGE) sum += (weights[i] as number) * scale * expNegative(square);
  }
  return sum;
}

/**
 * Logarithm of the mass between `from` and `to`, nats, both possibly infinite; as precise far out in a tail, where the
 * mass itself is no number any more.
 */
export function logMassBetween(mixture: Mixture, from: number, to: number): number {
  const mass = massBetween(mixture, from, to);
  if (mass > LEAST_MASS || !(from < to)) return Math.log(mass);
  return logSumExp(logMasses(mixture, from, to)) - Math.log(mixture.total);
}

/** A mass above this has not lost much to what was left out and to rounding. */
const LEAST_MASS = 1e-12;

/** The logarithm of every component's mass, times its weight. */
function logMasses({ narrow, wide }: Mixture, from: number, to: number): number[] {
  const term = (mu: number, weight = 0, scale = 0) =>
    Math.log(weight) + logMass({ mu, sigma: Math.SQRT1_2 / scale, low: from, high: to });
  const near = Array.from(narrow.mus, (mu, i) => term(mu, narrow.weights[i], narrow.scale));
  return near.concat(Array.from(wide.mus, (mu, i) => term(mu, wide.weights[i], wide.scales[i])));
}

/** Mass between `from` and `to`, both possibly infinite; masses below 1e-22 are lost. */
export function massBetween({ narrow, wide, total }: Mixture, from: number, to: number): number {
  if (!(from < to)) return 0;
  let sum = 0;
  for (let i = 0; i < wide.mus.length; i++) {
    const mu = wide.mus[i] as number; // in range, as below
    const scale = wide.scales[i] as number;
    sum += (wide.weights[i] as number) * massOfOne((from - mu) * scale, (to - mu) * scale);
  }
  const { mus, weights, scale } = narrow;
  const end = lowerBound(mus, to + REACH / scale);
  for (let i = lowerBound(mus, from - REACH / scale); i < end; i++) {
    const mu = mus[i] as number;
    sum += (weights[i] as number) * massOfOne((from - mu) * scale, (to - mu) * scale);
  }
  return sum / total;
}

/** Mass of one component between two distances from its mean, in units of √2·sigma. */
function massOfOne(low: number, high: number): number {
  if (low > REACH || high < -REACH) return 0;
  return low < -REACH && high > REACH ? 1 : erfInterval(low, high);
}

/** Draws before a mean is taken as it is: so many fail only between bounds that are nearer than any scale can be. */
const MOST_DRAWS = 1000;

/**
 * A draw of the mixture between `low` and `high`; a draw outside is thrown away with its component. The means lie
 * inside and no component is wider than the interval, so that of the draws at least a third do too.
 */
export function drawBetween({ narrow, wide, total }: Mixture, { low, high }: Interval, rng: Rng): number {
  let mu = 0;
  for (let draw = 0; draw < MOST_DRAWS; draw++) {
    let left = rng.next() * total;
    let scale = narrow.scale;
    for (let i = 0; i < narrow.mus.length && left >= 0; i++) {
      mu = narrow.mus[i] as number; // in range, as below
      left -= narrow.weights[i] as number;
    }
    for (let i = 0; i < wide.mus.length && left >= 0; i++) {
      mu = wide.mus[i] as number;
      scale = wide.scales[i] as number;
      left -= wide.weights[i] as number;
    }
    const x = mu + (standardNormal(rng) * Math.SQRT1_2) / scale;
    if (x >= low && x < high) return x;
  }
  return mu;
}

interface Interval {
  readonly low: number;
  readonly high: number;
}
