import type { PointSpace } from "../../points.ts";
import { bestAndSpread } from "../data/subset.ts";
import { type TrainingData, takeTrials } from "../data/training-data.ts";
import type { Smoothness } from "../kernel/matern.ts";
import { clampEntry, roundTheta, type Theta, type ThetaPrior, thetaPrior } from "../kernel/theta.ts";
import { negativeLogPosterior } from "./likelihood.ts";
import { type TrainingSet, trainingSet } from "./training-set.ts";

/** How far a fit goes: the trials that it takes at most, each step costing the cube of them, and its steps. */
const COLD = { trials: 50, steps: 40, stride: 0.4 } as const;
const WARM = { trials: 90, steps: 12, stride: 0.15 } as const;

/**
 * The hyperparameters that are most likely, by a few steps uphill.
 *
 * @param start an earlier fit, or null: then there are few trials, or a history was taken over, of which fewer will do
 *   until the next fit
 */
export function fitTheta(
  points: PointSpace,
  data: TrainingData,
  { smoothness, start }: { readonly smoothness: Smoothness; readonly start: Theta | null },
): Theta {
  const { trials, steps, stride } = start === null ? COLD : WARM;
  const chosen = bestAndSpread(data.targets, trials);
  const prior = thetaPrior(points);
  const found = descend(trainingSet(points, takeTrials(data, chosen), smoothness), prior, {
    start: start ?? prior.means,
    steps,
    stride,
  });
  return roundTheta(found);
}

/** The longest step of an entry. */
const LONGEST = 1.5;
/** What a step becomes that goes on, that turned back, and that led to where nothing can be computed. */
const GROWN = 1.3;
const TURNED = 0.5;
const FAILED = 0.3;

/**
 * Resilient gradient descent: the sign of each derivative decides the direction, its constancy the length of the step.
 *
 * @source Igel and Hüsken 2003, "Empirical evaluation of the improved Rprop learning algorithms", iRprop-, which lets steps
 * grow by 1.2
 */
function descend(
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
      for (let i = 0; i < size; i++) strides[i] = FAILED * (strides[i] as number); // as long as theta, as are the others
      continue;
    }
    if (value < lowest) {
      lowest = value;
      best = Float64Array.from(theta);
    }
    for (let i = 0; i < size; i++) {
      const agreement = (gradient[i] as number) * (before[i] as number); // as long as theta too, as below
      const length = (strides[i] as number) * (agreement > 0 ? GROWN : agreement < 0 ? TURNED : 1);
      strides[i] = Math.min(LONGEST, length);
      before[i] = agreement < 0 ? 0 : (gradient[i] as number);
      if (agreement < 0) continue;
      theta[i] = clampEntry((theta[i] as number) - Math.sign(gradient[i] as number) * (strides[i] as number), i, size);
    }
  }
  return best;
}
