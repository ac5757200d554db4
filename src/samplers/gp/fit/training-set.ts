import type { PointSpace } from "../../points.ts";
import { DOUBT } from "../data/doubt.ts";
import type { TrainingData } from "../data/training-data.ts";
import type { Targets } from "../data/transform.ts";
import { effectAlike, effectOf, togetherOf } from "../kernel/effect.ts";
import { difference } from "../kernel/kernel.ts";
import { DECAY, fillMatern, type Smoothness } from "../kernel/matern.ts";
import { doubtsOf, noiseOf, signalOf, type Theta, weightsOf } from "../kernel/theta.ts";

/** Trials that hyperparameters are fitted to, laid out for being asked many times. */
export interface TrainingSet extends Targets {
  readonly size: number;
  readonly smoothness: Smoothness;
  /** By dimension, the squared difference of each pair of trials (i, k), k < i, in the order of i, then k. */
  readonly differences: readonly Float64Array[];
}

export function trainingSet(points: PointSpace, data: TrainingData, smoothness: Smoothness): TrainingSet {
  const { rows, targets, doubts } = data;
  const size = rows.length;
  const differences = points.coordinates.map(({ kind }, dimension) => {
    const squared = new Float64Array((size * (size - 1)) / 2);
    let pair = 0;
    for (let i = 0; i < size; i++) {
      const x = rows[i]?.[dimension] ?? Number.NaN;
      for (let k = 0; k < i; k++) squared[pair++] = difference(kind, x, rows[k]?.[dimension] ?? Number.NaN);
    }
    return squared;
  });
  return { size, smoothness, targets, doubts, differences };
}

/** Of a training set, for some hyperparameters. */
export interface Covariances {
  /** Row-major; the lower triangle only. */
  readonly covariances: Float64Array;
  /** By pair, of the part that depends on all dimensions together, twice the derivative by the squared distance. */
  readonly slopes: Float64Array;
}

export function covariancesOf(set: TrainingSet, theta: Theta): Covariances {
  const { size, differences, smoothness, doubts } = set;
  const weights = weightsOf(theta);
  const slopes = new Float64Array((size * (size - 1)) / 2);
  weights.forEach((weight, dimension) => {
    addScaled(slopes, differences[dimension] ?? slopes, DECAY[smoothness] * weight);
  });
  const pairs = new Float64Array(slopes.length);
  fillMatern(slopes, slopes.length, { smoothness, signal: togetherOf(theta), into: pairs, slopes });
  const effect = effectOf(theta);
  weights.forEach((weight, dimension) => {
    addEffect(pairs, differences[dimension] ?? pairs, { weight, effect });
  });
  const covariances = new Float64Array(size * size);
  const diagonal = signalOf(theta) + noiseOf(theta);
  const added = doubtsOf(theta);
  for (let i = 0, pair = 0; i < size; i++) {
    for (let k = 0; k < i; k++) covariances[i * size + k] = pairs[pair++] as number; // as many pairs
    covariances[i * size + i] = diagonal + (added[doubts[i] ?? DOUBT.none] ?? 0);
  }
  return { covariances, slopes };
}

/** @param squared as many as `sums` */
function addScaled(sums: Float64Array, squared: Float64Array, scale: number): void {
  for (let pair = 0; pair < sums.length; pair++) {
    sums[pair] = (sums[pair] as number) + scale * (squared[pair] as number); // as many pairs
  }
}

/** @param squared as many as `sums` */
function addEffect(
  sums: Float64Array,
  squared: Float64Array,
  { weight, effect }: { readonly weight: number; readonly effect: number },
): void {
  for (let pair = 0; pair < sums.length; pair++) {
    sums[pair] = (sums[pair] as number) + effect * effectAlike(weight * (squared[pair] as number)); // as many pairs
  }
}
