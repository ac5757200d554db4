import { ParzenError } from "../../errors.ts";
import {
  flag,
  integerBetween,
  integerFrom,
  numberAbove,
  type OptionRule,
  optionsOf,
  resolveOptions,
} from "../../trial/strategy-options.ts";
import { LONGEST_STARTUP } from "../start-up.ts";

/**
 * Options of {@link tpe}. `gamma`, `priorWeight` and `hyperopt` are those of one model for each dimension, with
 * Hyperopt's defaults: whoever gives one of them asks for those models.
 */
export interface TpeOptions {
  /**
   * One model over whole configurations, which knows what goes together, instead of one for each dimension. Default
   * true, without any of the three options that it does not take.
   */
  readonly multivariate?: boolean;
  /** The best `gamma·√n` of n trials, rounded up, are modelled as good, 25 at most; above 0. Default 0.25. */
  readonly gamma?: number;
  /** Weight of the space itself in both models, where a trial weighs at most 1; above 0. Default 1. */
  readonly priorWeight?: number;
  /** Draws from the model of good trials, of which the best is proposed; from 1 to 100,000. Default 24. */
  readonly candidates?: number;
  /**
   * Trials before the models are used: from 1 to 1000 of a Latin hypercube, 10 by default, more where more run at once. With
   * one model for each dimension any number at random, 20 by default.
   */
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

/** More would take seconds and gigabytes a proposal, and find nothing else. */
const MOST_CANDIDATES = 100_000;

const RULES: { readonly [K in keyof TpeSettings]: OptionRule<TpeSettings[K]> } = {
  gamma: numberAbove(0, 0.25),
  priorWeight: numberAbove(0, 1),
  candidates: integerBetween(1, MOST_CANDIDATES, 24),
  startup: integerFrom(0, 20),
  hyperopt: flag(false),
};

const MULTIVARIATE_RULES = {
  multivariate: flag(true),
  candidates: integerBetween(1, MOST_CANDIDATES, 24),
  startup: integerBetween(1, LONGEST_STARTUP, 10),
};

/** What only one model for each dimension has. */
const UNIVARIATE = ["gamma", "priorWeight", "hyperopt"] as const;

/**
 * What is not multivariate is stored without the word, as studies were before there was one: the options that a study
 * was begun with still make its own sampler.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function resolveTpeOptions(options: TpeOptions): TpeSettings | MultivariateSettings {
  const given = optionsOf("tpe", options);
  const univariate = UNIVARIATE.find((name) => given[name] !== undefined);
  const isMultivariate = given["multivariate"] ?? univariate === undefined;
  const { startup } = isMultivariate === false ? RULES : MULTIVARIATE_RULES;
  const rules = { multivariate: flag(univariate === undefined), ...RULES, startup };
  const { multivariate, ...settings } = resolveOptions("tpe", rules, options);
  if (!multivariate) return settings;
  if (univariate !== undefined) {
    throw new ParzenError("OPTION_INVALID", `tpe: ${univariate} belongs to one model for each dimension`, {
      hint: `Leave out multivariate, or ${univariate}.`,
    });
  }
  return resolveMultivariateOptions(options);
}

/** @throws ParzenError OPTION_INVALID */
export function resolveMultivariateOptions(options: TpeOptions): MultivariateSettings {
  return { ...resolveOptions("tpe", MULTIVARIATE_RULES, options), multivariate: true };
}
