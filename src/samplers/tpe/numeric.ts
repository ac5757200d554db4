import { drawBetween, logDensityAt, logMassBetween, type Mixture } from "./mixture.ts";
import type { Model } from "./model.ts";
import { cellOf, type Scale, unwarp, warp } from "./scale.ts";

/** How a numeric model differs from the plain truncated mixture. */
export interface NumericOptions {
  /** From a draw in natural units to a value that the dimension can take. */
  round(draw: number): number;
  /** False leaves the density of a real-valued logarithm undivided by the mass inside its bounds, as Hyperopt does. */
  readonly normalised: boolean;
}

/** A truncated mixture of normals over the values of a dimension, or over their logarithms. */
export function numericModel(mixture: Mixture, scale: Scale, options: NumericOptions): Model {
  const { low, high, log, q } = scale;
  const score = (value: number, limit: number): number => {
    if (q === 0) return logDensityAt(mixture, warp(scale, value), limit);
    const { from, to } = cellOf(scale, value);
    return logMassBetween(mixture, from, to);
  };
  return {
    draw: (rng) => options.round(unwarp(scale, drawBetween(mixture, scale, rng))),
    score,
    logDensity: (value) => {
      const jacobian = log && q === 0 ? Math.log(value) : 0;
      const truncated = options.normalised || q > 0 ? logMassBetween(mixture, low, high) : 0;
      return score(value, Number.POSITIVE_INFINITY) - jacobian - truncated;
    },
  };
}
