import { OTHER_ENTRIES, signalOf, type Theta } from "./theta.ts";

/**
 * Of the variance of losses, the part that is taken to be a sum of effects, one of each dimension by itself; the rest
 * depends on all of them together. Trials that agree in one dimension alone teach its effect: few are enough, however
 * many dimensions there are.
 *
 * @source Duvenaud, Nickisch and Rasmussen 2011, "Additive Gaussian processes" (NeurIPS 24), of whose orders these are
 * the first and the last. The share was measured: docs/search-experiments.md
 */
const EFFECTS_SHARE = 0.4;

/** The part of the signal that is the effect of one dimension. */
export function effectOf(theta: Theta): number {
  return (signalOf(theta) * EFFECTS_SHARE) / (theta.length - OTHER_ENTRIES);
}

/** The part of the signal that depends on all dimensions together. */
export function togetherOf(theta: Theta): number {
  return signalOf(theta) * (1 - EFFECTS_SHARE);
}

/**
 * How alike the effects of two coordinates of a dimension are, by their squared distance in length-scales.
 *
 * @source the rational quadratic kernel of α = 1, Rasmussen and Williams 2006, equation 4.19, of which it takes no
 * exponential for each dimension
 */
export function effectAlike(squared: number): number {
  return 1 / (1 + squared);
}

/** The derivative of `effectAlike`. */
export function effectSlope(squared: number): number {
  const alike = 1 / (1 + squared);
  return -alike * alike;
}
