import { integerFrom, type OptionRule, resolveOptions } from "../../trial/strategy-options.ts";

/** Options of {@link gp}. */
export interface GpOptions {
  /** Trials of a Latin hypercube before the model is used; more where more run at once. Default 10. */
  readonly startup?: number;
}

/** Options with every default filled in. */
export type GpSettings = { readonly [K in keyof GpOptions]-?: Exclude<GpOptions[K], undefined> };

const RULES: { readonly [K in keyof GpSettings]: OptionRule<GpSettings[K]> } = {
  startup: integerFrom(1, 10),
};

/** @throws ParzenError OPTION_INVALID */
export function resolveGpOptions(options: GpOptions): GpSettings {
  return resolveOptions("gp", RULES, options);
}
