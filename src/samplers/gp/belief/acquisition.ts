import { logExpectedImprovement, logImprovementSlope } from "../../../numerics/log-ei.ts";

/** How promising a belief is; the higher, the more. Losses are standardized. */
export interface Acquisition {
  /** @param deviation above 0 */
  value(mean: number, deviation: number): number;
  /** The derivatives by mean and by deviation. */
  slopes(mean: number, deviation: number): { readonly byMean: number; readonly byDeviation: number };
  /** No less than the value at any deviation up to `deviation`. */
  ceiling(mean: number, deviation: number): number;
}

/** The logarithm of the expected improvement on `best`. */
export function expectedImprovement(best: number): Acquisition {
  const value = (mean: number, deviation: number): number => logExpectedImprovement({ mean, deviation }, best);
  return {
    value,
    slopes: (mean, deviation) => {
      const z = (best - mean) / deviation;
      const slope = logImprovementSlope(z);
      return { byMean: -slope / deviation, byDeviation: (1 - slope * z) / deviation };
    },
    ceiling: value,
  };
}

/**
 * The lower confidence bound, its sign turned.
 *
 * @param optimism deviations below the mean that are hoped for, at least 0
 */
export function confidenceBound(optimism: number): Acquisition {
  const value = (mean: number, deviation: number): number => optimism * deviation - mean;
  return { value, slopes: () => ({ byMean: -1, byDeviation: optimism }), ceiling: value };
}

/** An improvement that counts, in deviations of the losses. */
const MARGIN = 0.02;

/** The probability of an improvement on `best`, as the number of deviations that it takes. */
export function improvementProbability(best: number): Acquisition {
  const goal = best - MARGIN;
  const value = (mean: number, deviation: number): number => (goal - mean) / deviation;
  return {
    value,
    slopes: (mean, deviation) => ({ byMean: -1 / deviation, byDeviation: (mean - goal) / (deviation * deviation) }),
    ceiling: (mean, deviation) => (mean < goal ? Number.POSITIVE_INFINITY : value(mean, deviation)),
  };
}
