import type { PointSpace } from "../../points.ts";
import { byDoubt, DOUBT, DOUBTS } from "../data/doubt.ts";

/**
 * Hyperparameters of the kernel, all logarithms: a weight 1/l² for each dimension of length-scale l, then the variance
 * of the signal, that of the noise, and those of the noise which failed and which guessed losses have besides. Losses are
 * standardized, so 0 is a variance of one.
 */
export type Theta = Float64Array;

/** Entries that are not of a dimension, and how far from the end each stands. */
export const OTHER_ENTRIES = 4;
export const FROM_END = { signal: 4, noise: 3, failed: 2, guessed: 1 } as const;

/** Least variance of the noise: it keeps covariances of nearly equal points factorable. */
export const NOISE_FLOOR = 1e-6;

/** Logarithms of both ends of what a fit may reach. */
const WEIGHT_RANGE = [-8, 9] as const;
const SIGNAL_RANGE = [-4, 4] as const;
const NOISE_RANGE = [-14, 1] as const;
const DOUBT_RANGE = [-14, 4] as const;

/** Means and deviations of the normal priors of the logarithms. */
const SIGNAL_PRIOR = { mean: 0, deviation: 1 } as const;
const NOISE_PRIOR = { mean: Math.log(1e-3), deviation: 2 } as const;
/** As exact as a rounded theta, so that what no loss tells of stays where it is. */
const DOUBT_PRIOR = { mean: -3.5, deviation: 2 } as const;
/** Holds length-scales near usual ones while there are few trials. Chosen with the start-up: docs/search-experiments.md. */
const LENGTH_DEVIATION = 0.7;
const LENGTH_MEAN = -1;
/** In spaces of more dimensions, length-scales are expected to grow as the root of their number. */
const MANY_DIMENSIONS = 20;
const USUAL_DIMENSIONS = 8;

/** A normal prior for each entry of a theta. */
export interface ThetaPrior {
  readonly means: Float64Array;
  readonly deviations: Float64Array;
}

/**
 * What a fit expects before it has seen a loss.
 *
 * @source the growth with the number of dimensions: Hvarfner, Hellsten and Nardi 2024, "Vanilla Bayesian optimization
 * performs great in high dimensions" (ICML)
 */
export function thetaPrior(points: PointSpace): ThetaPrior {
  const { size } = points;
  const length = LENGTH_MEAN + (size > MANY_DIMENSIONS ? 0.5 * Math.log(size / USUAL_DIMENSIONS) : 0);
  const entries = size + OTHER_ENTRIES;
  const means = new Float64Array(entries);
  const deviations = new Float64Array(entries).fill(2 * LENGTH_DEVIATION);
  for (const index of points.numeric) means[index] = -2 * length;
  for (const index of points.categorical) means[index] = -2 * Math.max(0, length);
  [SIGNAL_PRIOR, NOISE_PRIOR, DOUBT_PRIOR, DOUBT_PRIOR].forEach(({ mean, deviation }, other) => {
    means[size + other] = mean;
    deviations[size + other] = deviation;
  });
  return { means, deviations };
}

const OTHER_RANGES = [SIGNAL_RANGE, NOISE_RANGE, DOUBT_RANGE, DOUBT_RANGE] as const;

/** Moves an entry into its range. */
export function clampEntry(value: number, index: number, size: number): number {
  const [low, high] = OTHER_RANGES[index - size + OTHER_ENTRIES] ?? WEIGHT_RANGE;
  return Math.min(high, Math.max(low, value));
}

/** Rounded to what matters, so that a theta takes little room in a memo. */
export function roundTheta(theta: Theta): Theta {
  return theta.map((entry) => Math.round(entry * 1000) / 1000 + 0); // + 0 turns -0 into 0, as JSON does
}

export function weightsOf(theta: Theta): Float64Array {
  return theta.subarray(0, theta.length - OTHER_ENTRIES).map(Math.exp);
}

export function signalOf(theta: Theta): number {
  return Math.exp(theta[theta.length - FROM_END.signal] ?? 0);
}

export function noiseOf(theta: Theta): number {
  return Math.exp(theta[theta.length - FROM_END.noise] ?? 0) + NOISE_FLOOR;
}

/** What each kind of doubt adds to the noise, by `DOUBT`. */
export function doubtsOf(theta: Theta): Float64Array {
  const added = byDoubt();
  for (const kind of DOUBTS) added[DOUBT[kind]] = Math.exp(theta[theta.length - FROM_END[kind]] ?? 0);
  return added;
}
