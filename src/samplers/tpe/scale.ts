import { lognormalArgument } from "../../numerics/normal.ts";
import { isLogarithmic, type NumericDistribution, stepOf } from "../../space/distribution.ts";
import { cellsOf } from "../cells.ts";

/** The unit in which a numeric dimension is modelled: its value, or the logarithm of it. */
export interface Scale {
  readonly log: boolean;
  /** Distance of grid values in natural units; 0 for real values. */
  readonly q: number;
  /** Ends of the support in the model's unit; -Infinity and Infinity without bounds. */
  readonly low: number;
  readonly high: number;
  /** Smallest natural value that an observation is taken for. */
  readonly floor: number;
  /** Mean and standard deviation of the prior in the model's unit. */
  readonly mu: number;
  readonly sigma: number;
}

/**
 * The scale of a distribution.
 *
 * @param exactBounds ends the support of a quantized one at its bounds, as Hyperopt does, which halves the mass of its
 *   outer cells; otherwise it reaches half a cell beyond the outer grid values, and all cells are alike
 */
export function scaleOf(distribution: NumericDistribution, exactBounds: boolean): Scale {
  const [log, q] = [isLogarithmic(distribution), stepOf(distribution)];
  if ("mu" in distribution) {
    const { mu, sigma } = distribution;
    return { log, q, low: Number.NEGATIVE_INFINITY, high: Number.POSITIVE_INFINITY, floor: 0, mu, sigma };
  }
  const ends = (exactBounds ? null : cellsOf(distribution)) ?? distribution;
  const low = log ? Math.log(ends.low) : ends.low;
  const high = log ? Math.log(ends.high) : ends.high;
  const mu = low / 2 + high / 2; // their sum may be no number any more
  return { log, q, low, high, floor: ends.low, mu, sigma: high - low };
}

/** From a natural value to the model's unit. */
export function warp({ log, q, floor }: Scale, value: number): number {
  if (!log) return value;
  return q === 0 ? Math.log(value) : lognormalArgument(Math.max(value, floor));
}

/** From the model's unit to the natural value, not yet rounded to the grid. */
export function unwarp({ log }: Scale, value: number): number {
  return log ? Math.exp(value) : value;
}

/** The cell of a grid value, in the model's unit, cut at the ends of the support. */
export function cellOf({ log, q, low, high }: Scale, value: number): { readonly from: number; readonly to: number } {
  const from = value - q / 2;
  const to = value + q / 2;
  return {
    from: Math.max(low, log ? lognormalArgument(from) : from),
    to: Math.min(high, log ? lognormalArgument(to) : to),
  };
}
