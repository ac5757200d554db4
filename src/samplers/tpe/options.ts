import { flag, integerFrom, numberAbove, type OptionRule, resolveOptions } from "../options.ts";

/** Options of {@link tpe}. The defaults are Hyperopt's. */
export interface TpeOptions {
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

/** Options with every default filled in. */
export type TpeSettings = { readonly [K in keyof TpeOptions]-?: Exclude<TpeOptions[K], undefined> };

const RULES: { readonly [K in keyof TpeSettings]: OptionRule<TpeSettings[K]> } = {
  gamma: numberAbove(0, 0.25),
  priorWeight: numberAbove(0, 1),
  candidates: integerFrom(1, 24),
  startup: integerFrom(0, 20),
  hyperopt: flag(false),
};

/** @throws ParzenError OPTION_INVALID */
export function resolveTpeOptions(options: TpeOptions): TpeSettings {
  return resolveOptions("tpe", RULES, options);
}
