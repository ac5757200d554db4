import { didYouMean, ParzenError } from "../errors.ts";
import type { JsonObject } from "../trial/json.ts";
import { gp } from "./gp/gp.ts";
import { resolveOptions } from "./options.ts";
import { random } from "./random.ts";
import type { Sampler } from "./sampler.ts";
import { tpe } from "./tpe/tpe.ts";

/** How a sampler is written down: in a sweep file, on the command line, in a stored study. */
export interface SamplerSpec {
  readonly name: string;
  readonly options?: JsonObject;
}

const MAKERS = {
  random: (options: JsonObject): Sampler => {
    resolveOptions("random", {}, options);
    return random();
  },
  tpe: (options: JsonObject): Sampler => tpe(options),
  gp: (options: JsonObject): Sampler => gp(options),
};

export type SamplerName = keyof typeof MAKERS;

export const SAMPLER_NAMES: readonly SamplerName[] = ["random", "tpe", "gp"];

/**
 * Makes a sampler by name. `samplerFrom({ name: s.name, options: s.options })` equals `s`.
 *
 * @throws ParzenError OPTION_INVALID for an unknown name, or options that the sampler does not take
 */
export function samplerFrom(spec: SamplerSpec): Sampler {
  const name = SAMPLER_NAMES.find((known) => known === spec.name);
  if (name === undefined) {
    throw new ParzenError("OPTION_INVALID", `unknown sampler "${spec.name}"${didYouMean(spec.name, SAMPLER_NAMES)}`, {
      hint: `Samplers are ${SAMPLER_NAMES.join(", ")}.`,
    });
  }
  return MAKERS[name](spec.options ?? {});
}
