import { type Cholesky, cholesky } from "../../../numerics/cholesky.ts";
import { inverse, logDeterminant, solveLower, solveUpper } from "../../../numerics/triangular.ts";
import { byDoubt, DOUBT, DOUBTS } from "../data/doubt.ts";
import { effectOf, effectSlope } from "../kernel/effect.ts";
import { DECAY } from "../kernel/matern.ts";
import {
  doubtsOf,
  FROM_END,
  NOISE_FLOOR,
  noiseOf,
  signalOf,
  type Theta,
  type ThetaPrior,
  weightsOf,
} from "../kernel/theta.ts";
import { type Covariances, covariancesOf, type TrainingSet } from "./training-set.ts";

/**
 * The negative logarithm, up to a constant, of how likely the losses and `theta` are together.
 *
 * @param gradient overwritten with the derivatives by the entries of `theta`
 * @returns Infinity where the covariances cannot be factored
 */
export function negativeLogPosterior(
  set: TrainingSet,
  { theta, prior }: { readonly theta: Theta; readonly prior: ThetaPrior },
  gradient: Float64Array,
): number {
  const { covariances, slopes } = covariancesOf(set, theta);
  const factor = cholesky(covariances, set.size);
  if (factor === null) return Number.POSITIVE_INFINITY;
  const whitened = Float64Array.from(set.targets);
  solveLower(factor, whitened);
  let value = logDeterminant(factor) / 2;
  for (const entry of whitened) value += entry * entry * 0.5;
  solveUpper(factor, whitened);
  fillGradient(set, { theta, covariances, slopes, factor, alpha: whitened }, gradient);
  for (let i = 0; i < theta.length; i++) {
    const deviation = prior.deviations[i] as number; // as long as theta, as is the gradient
    const z = ((theta[i] as number) - (prior.means[i] as number)) / deviation;
    value += 0.5 * z * z;
    gradient[i] = (gradient[i] as number) + z / deviation;
  }
  return value;
}

/** Hyperparameters, and what follows from them. */
interface Factored extends Covariances {
  readonly theta: Theta;
  readonly factor: Cholesky;
  readonly alpha: Float64Array;
}

/** From G = A⁻¹ - ααᵀ: half the trace of G·∂A. */
function fillGradient(set: TrainingSet, factored: Factored, gradient: Float64Array): void {
  const { differences, smoothness } = set;
  const { theta } = factored;
  const traces = tracesOf(set, factored);
  const effect = effectOf(theta);
  weightsOf(theta).forEach((weight, dimension) => {
    const { together, alone } = pullsBy(traces, differences[dimension] ?? traces.pulls, weight);
    gradient[dimension] = weight * ((DECAY[smoothness] / 2) * together + effect * alone);
  });
  gradient[theta.length - FROM_END.signal] = traces.bySignal;
  gradient[theta.length - FROM_END.noise] = traces.byNoise * (noiseOf(theta) - NOISE_FLOOR);
  const added = doubtsOf(theta);
  for (const kind of DOUBTS) {
    const doubt = DOUBT[kind];
    gradient[theta.length - FROM_END[kind]] = (traces.doubted[doubt] ?? 0) * (added[doubt] ?? 0);
  }
}

/**
 * What a longer distance in one dimension does to the trace, over all pairs: through the covariances of all dimensions
 * together, and through the effect of this one.
 *
 * @param squared by pair
 */
function pullsBy(
  { entries, pulls }: Traces,
  squared: Float64Array,
  weight: number,
): { readonly together: number; readonly alone: number } {
  let together = 0;
  let alone = 0;
  for (let pair = 0; pair < pulls.length; pair++) {
    const apart = squared[pair] as number; // as many pairs
    together += (pulls[pair] as number) * apart;
    alone += (entries[pair] as number) * apart * effectSlope(weight * apart);
  }
  return { together, alone };
}

interface Traces {
  /** By pair, the entry of G. */
  readonly entries: Float64Array;
  /** By pair, the entry of G times the slope of the covariance. */
  readonly pulls: Float64Array;
  /** The derivatives by the logarithm of the signal, by the noise, and by what each `DOUBT` adds to it. */
  readonly bySignal: number;
  readonly byNoise: number;
  readonly doubted: Float64Array;
}

function tracesOf({ size, doubts }: TrainingSet, factored: Factored): Traces {
  const { theta, factor, covariances, slopes, alpha } = factored;
  const inverted = inverse(factor);
  const signal = signalOf(theta);
  const entries = new Float64Array(slopes.length);
  const pulls = new Float64Array(slopes.length);
  let bySignal = 0;
  let byNoise = 0;
  const doubted = byDoubt();
  let pair = 0;
  for (let i = 0; i < size; i++) {
    const own = alpha[i] as number; // of `size` entries, as are the rows below
    for (let k = 0; k < i; k++, pair++) {
      const g = (inverted[i * size + k] as number) - own * (alpha[k] as number);
      bySignal += g * (covariances[i * size + k] as number);
      entries[pair] = g;
      pulls[pair] = g * (slopes[pair] as number);
    }
    const g = 0.5 * ((inverted[i * size + i] as number) - own * own);
    bySignal += g * signal;
    byNoise += g;
    const doubt = doubts[i] as number; // of `size` entries too
    doubted[doubt] = (doubted[doubt] as number) + g; // of all kinds
  }
  return { entries, pulls, bySignal, byNoise, doubted };
}
