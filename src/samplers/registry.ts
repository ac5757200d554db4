import { didYouMean, ParzenError } from "../errors.ts";
import type { JsonObject } from "../trial/json.ts";
import type { NoOptions } from "../trial/strategy-options.ts";
import { auto } from "./auto/auto.ts";
import { gp } from "./gp/gp.ts";
import { grid } from "./grid/grid.ts";
import { partialSpec } from "./partial/options.ts";
import { partial } from "./partial/partial.ts";
import { qmc } from "./qmc.ts";
import { random } from "./random.ts";
import type { Sampler } from "./sampler.ts";
import { tpe } from "./tpe/tpe.ts";

/** How a sampler is written down: in a sweep file, on the command line, in a stored study. */
export interface SamplerSpec {
  readonly name: string;
  readonly options?: JsonObject;
}

const MAKERS = {
  auto: (options: JsonObject): Sampler => auto(options as NoOptions), // which it checks
  random: (options: JsonObject): Sampler => random(options as NoOptions), // which it checks
  tpe: (options: JsonObject): Sampler => tpe(options),
  gp: (options: JsonObject): Sampler => gp(options),
  qmc: (options: JsonObject): Sampler => qmc(options as NoOptions), // which it checks
  grid: (options: JsonObject): Sampler => grid(options),
};

export type SamplerName = keyof typeof MAKERS;

/** The samplers that need no options. Beside them there is `partial`, around one of them. */
export const SAMPLER_NAMES: readonly SamplerName[] = ["random", "tpe", "gp", "qmc", "grid", "auto"];

/**
 * Makes a sampler by name. `samplerFrom({ name: s.name, options: s.options })` equals `s`.
 *
 * @throws ParzenError OPTION_INVALID for an unknown name, or options that the sampler does not take
 */
export function samplerFrom({ name, options = {} }: SamplerSpec): Sampler {
  if (name === "partial") {
    const spec = partialSpec(options);
    return partial(spec.fixed, samplerFrom(spec.sampler));
  }
  const known = SAMPLER_NAMES.find((each) => each === name);
  if (known !== undefined) return MAKERS[known](options);
  const names = [...SAMPLER_NAMES, "partial"];
  throw new ParzenError("OPTION_INVALID", `unknown sampler "${name}"${didYouMean(name, names)}`, {
    hint: `Samplers are ${names.join(", ")}.`,
  });
}
