import { integerBetween, type OptionRule, resolveOptions } from "../../trial/strategy-options.ts";
import { LONGEST_STARTUP } from "../start-up.ts";

/** Options of {@link gp}. */
export interface GpOptions {
  /** Trials of a Latin hypercube before the model is used; more where more run at once. From 1 to 1000, default 10. */
  readonly startup?: number;
}

/** Options with every default filled in. */
export type GpSettings = { readonly [K in keyof GpOptions]-?: Exclude<GpOptions[K], undefined> };

const RULES: { readonly [K in keyof GpSettings]: OptionRule<GpSettings[K]> } = {
  startup: integerBetween(1, LONGEST_STARTUP, 10),
};

/** @throws ParzenError OPTION_INVALID */
export function resolveGpOptions(options: GpOptions): GpSettings {
  return resolveOptions("gp", RULES, options);
}
