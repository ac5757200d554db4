import { EXP_RANGE, expNegative } from "../../numerics/exp-table.ts";
import { logSumExp } from "../../numerics/log-sum-exp.ts";
import { lowerBound } from "../../numerics/lower-bound.ts";
import { erfInterval, erfScale, standardNormal } from "../../numerics/normal.ts";
import type { Rng } from "../../random/stream.ts";
import type { Components } from "./parzen.ts";

/**
 * A mixture of normals, laid out for being asked often.
 *
 * With many observations nearly all components have the smallest width that the estimator allows. Those are kept
 * apart, equal ones as one, so that only the few near a point are visited. Scales are 1/(√2·sigma).
 */
export interface Mixture {
  readonly components: Components;
  readonly narrow: { readonly scale: number; readonly mus: Float64Array; readonly weights: Float64Array };
  readonly wide: { readonly scales: Float64Array; readonly mus: Float64Array; readonly weights: Float64Array };
  /** Upper bound of the density, times √π. */
  readonly peak: number;
}

/** Components farther away than this, in units of √2·sigma, are left out: each has lost a factor of exp(-50). */
const REACH = Math.sqrt(EXP_RANGE);

/** A sum above this share of what it could be at most is right to 1e-10, whatever was left out. */
const TRUSTED = Math.exp(-EXP_RANGE) * 1e10;

/** Components between two looks at the limit. */
const BLOCK = 16;

const HALF_LOG_PI = 0.5 * Math.log(Math.PI);

export function mixtureOf(components: Components): Mixture {
  const { mus, sigmas, weights } = components;
  const size = mus.length;
  let sigma = Number.POSITIVE_INFINITY;
  for (let i = 0; i < size; i++) if ((sigmas[i] as number) < sigma) sigma = sigmas[i] as number; // in range
  const scale = 1 / erfScale(sigma);
  const narrow = { mus: new Float64Array(size), weights: new Float64Array(size) };
  const wide = { mus: new Float64Array(size), weights: new Float64Array(size), scales: new Float64Array(size) };
  let near = 0;
  let far = 0;
  let peak = 0;
  for (let i = 0; i < size; i++) {
    const mu = mus[i] as number;
    const weight = weights[i] as number;
    if (sigmas[i] !== sigma) {
      wide.mus[far] = mu;
      wide.weights[far] = weight;
      const wideScale = 1 / erfScale(sigmas[i] as number);
      wide.scales[far++] = wideScale;
      peak += weight * wideScale;
      continue;
    }
    peak += weight * scale;
    if (near > 0 && narrow.mus[near - 1] === mu) {
      narrow.weights[near - 1] = (narrow.weights[near - 1] as number) + weight;
    } else {
      narrow.mus[near] = mu;
      narrow.weights[near++] = weight;
    }
  }
  return {
    components,
    narrow: { scale, mus: narrow.mus.subarray(0, near), weights: narrow.weights.subarray(0, near) },
    wide: {
      scales: wide.scales.subarray(0, far),
      mus: wide.mus.subarray(0, far),
      weights: wide.weights.subarray(0, far),
    },
    peak,
  };
}

/**
 * Log-density at `x`, nats.
 *
 * @param limit may return early with any value above `limit` once the density is known to be above it
 */
export function logDensityAt(mixture: Mixture, x: number, limit: number): number {
  const sum = densitySum(mixture, x, Math.exp(limit + HALF_LOG_PI));
  if (sum > mixture.peak * TRUSTED) return Math.log(sum) - HALF_LOG_PI;
  const { mus, sigmas, weights } = mixture.components;
  const terms = mus.map((mu, i) => {
    const scale = 1 / erfScale(sigmas[i] ?? 1);
    return Math.log((weights[i] ?? 0) * scale) - ((x - mu) * scale) ** 2;
  });
  return logSumExp(terms) - HALF_LOG_PI;
}

/** The density times √π, or a part of it that is above `limit`. */
function densitySum({ narrow, wide }: Mixture, x: number, limit: number): number {
  let sum = 0;
  for (let i = 0; i < wide.mus.length; i++) {
    const z = (x - (wide.mus[i] as number)) * (wide.scales[i] as number); // in range, here and below
    const square = z * z;
    if (square < EXP_RANGE) sum += (wide.weights[i] as number) * (wide.scales[i] as number) * expNegative(square);
  }
  const { mus, weights, scale } = narrow;
  const first = lowerBound(mus, x - REACH / scale);
  const end = lowerBound(mus, x + REACH / scale);
  let right = lowerBound(mus, x);
  let left = right - 1;
  while (!(sum > limit) && (left >= first || right < end)) {
    let near = 0;
    for (const stop = Math.max(first, left - BLOCK); left >= stop; left--) {
      const z = (x - (mus[left] as number)) * scale;
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

/** Mass between `from` and `to`, both possibly infinite. */
export function massBetween({ narrow, wide }: Mixture, from: number, to: number): number {
  if (!(from < to)) return 0;
  let sum = 0;
  for (let i = 0; i < wide.mus.length; i++) {
    const mu = wide.mus[i] as number; // in range, here and below
    const scale = wide.scales[i] as number;
    sum += (wide.weights[i] as number) * erfInterval((from - mu) * scale, (to - mu) * scale);
  }
  const { mus, weights, scale } = narrow;
  const end = lowerBound(mus, to + REACH / scale);
  for (let i = lowerBound(mus, from - REACH / scale); i < end; i++) {
    const low = (from - (mus[i] as number)) * scale;
    const high = (to - (mus[i] as number)) * scale;
    const whole = low < -REACH && high > REACH;
    sum += (weights[i] as number) * (whole ? 1 : erfInterval(low, high));
  }
  return sum;
}

/** A draw of the mixture between `low` and `high`; a draw outside is thrown away with its component. */
export function drawBetween({ components }: Mixture, low: number, high: number, rng: Rng): number {
  const { weights, mus, sigmas } = components;
  for (;;) {
    let left = rng.next();
    let i = 0;
    while (i < weights.length - 1) {
      left -= weights[i] ?? 0;
      if (left < 0) break;
      i++;
    }
    const x = (mus[i] ?? 0) + (sigmas[i] ?? 0) * standardNormal(rng);
    if (x >= low && x < high) return x;
  }
}
