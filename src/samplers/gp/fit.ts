import type { Point, PointSpace } from "../points.ts";
import { negativeLogPosterior, type TrainingSet, trainingSet } from "./likelihood.ts";
import { bestAndSpread } from "./subset.ts";
import { clampEntry, roundTheta, type Theta, type ThetaPrior, thetaPrior } from "./theta.ts";
import type { TrainingData } from "./training-data.ts";

/** Fits take this many trials at most; each step costs the cube of it. */
const MOST_TRIALS = 90;
/** Evaluations of the posterior from nothing, and from an earlier fit. */
const COLD_STEPS = 40;
const WARM_STEPS = 12;

/**
 * The hyperparameters that are most likely, by a few steps uphill.
 *
 * @param start an earlier fit, or null
 */
export function fitTheta(points: PointSpace, data: TrainingData, start: Theta | null): Theta {
  const chosen = bestAndSpread(data.targets, MOST_TRIALS);
  const rows = chosen.map((index) => data.rows[index] as Point); // indices of rows
  const targets = Float64Array.from(chosen, (index) => data.targets[index] ?? 0);
  const prior = thetaPrior(points);
  const found = climb(trainingSet(points, rows, targets), prior, {
    start: start ?? prior.means,
    steps: start === null ? COLD_STEPS : WARM_STEPS,
    stride: start === null ? 0.4 : 0.15,
  });
  return roundTheta(found);
}

/** The longest step of an entry. */
const LONGEST = 1.5;

/**
 * Resilient gradient descent: the sign of each derivative decides the direction, its constancy the length of the step.
 *
 * @source Igel and Hüsken 2003, "Empirical evaluation of the improved Rprop learning algorithms", iRprop-
 */
function climb(
  set: TrainingSet,
  prior: ThetaPrior,
  { start, steps, stride }: { readonly start: Theta; readonly steps: number; readonly stride: number },
): Theta {
  const size = start.length;
  const theta = Float64Array.from(start);
  const gradient = new Float64Array(size);
  const before = new Float64Array(size);
  const strides = new Float64Array(size).fill(stride);
  let best = Float64Array.from(start);
  let lowest = Number.POSITIVE_INFINITY;
  for (let step = 0; step < steps; step++) {
    const value = negativeLogPosterior(set, { theta, prior }, gradient);
    if (!(value < Number.POSITIVE_INFINITY)) {
      theta.set(best);
      for (let i = 0; i < size; i++) strides[i] = 0.3 * (strides[i] as number); // as long as theta, as are the others
      continue;
    }
    if (value < lowest) {
      lowest = value;
      best = Float64Array.from(theta);
    }
    for (let i = 0; i < size; i++) {
      const agreement = (gradient[i] as number) * (before[i] as number);
      const length = (strides[i] as number) * (agreement > 0 ? 1.3 : agreement < 0 ? 0.5 : 1);
      strides[i] = Math.min(LONGEST, length);
      before[i] = agreement < 0 ? 0 : (gradient[i] as number);
      if (agreement < 0) continue;
      theta[i] = clampEntry((theta[i] as number) - Math.sign(gradient[i] as number) * (strides[i] as number), i, size);
    }
  }
  return best;
}
