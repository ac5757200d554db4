import { flag, integerFrom, numberAbove, type OptionRule, resolveOptions } from "../options.ts";

/** Options of {@link tpe}. The defaults are Hyperopt's; of those, `multivariate: true` takes the two that it names. */
export interface TpeOptions {
  /**
   * One model over whole configurations, which knows what goes together, instead of one for each dimension. With it,
   * only `candidates` (default 24) and `startup` (default 10, of a Latin hypercube) may be given. Default false.
   */
  readonly multivariate?: boolean;
  /** The best `gamma·√n` of n trials are modelled as good, 25 at most. Default 0.25. */
  readonly gamma?: number;
  /** Weight of the space itself in both models, where a trial weighs at most 1. Default 1. */
  readonly priorWeight?: number;
  /** Draws from the model of good trials, of which the best is proposed. Default 24. */
  readonly candidates?: number;
  /** Trials drawn at random before the models are used. Default 20. */
  readonly startup?: number;
  /**
   * Hyperopt's choices unchanged: pending trials count as trials of infinite loss, NaN losses are forgotten,
   * quantized values are rounded and truncated its way, and a configuration may come again, so that a finite space
   * never ends. Values that it would place outside the bounds move to the nearest grid value inside, since no worker
   * accepts others. Default false.
   */
  readonly hyperopt?: boolean;
}

/** Options of the univariate models, with every default filled in. */
export type TpeSettings = {
  readonly [K in Exclude<keyof TpeOptions, "multivariate">]-?: Exclude<TpeOptions[K], undefined>;
};

/** Options of the multivariate model, with every default filled in. */
export interface MultivariateSettings {
  readonly multivariate: true;
  readonly candidates: number;
  readonly startup: number;
}

const RULES: { readonly [K in keyof TpeSettings]: OptionRule<TpeSettings[K]> } = {
  gamma: numberAbove(0, 0.25),
  priorWeight: numberAbove(0, 1),
  candidates: integerFrom(1, 24),
  startup: integerFrom(0, 20),
  hyperopt: flag(false),
};

const MULTIVARIATE_RULES = {
  multivariate: flag(false),
  candidates: integerFrom(1, 24),
  startup: integerFrom(1, 10),
};

/**
 * What is not multivariate is stored without the word, as studies were before there was one.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function resolveTpeOptions(options: TpeOptions): TpeSettings | MultivariateSettings {
  const { multivariate, ...others } = options;
  if (multivariate === undefined || multivariate === false) return resolveOptions("tpe", RULES, others);
  return resolveMultivariateOptions(options);
}

/** @throws ParzenError OPTION_INVALID */
export function resolveMultivariateOptions(options: TpeOptions): MultivariateSettings {
  return { ...resolveOptions("multivariate tpe", MULTIVARIATE_RULES, options), multivariate: true };
}
