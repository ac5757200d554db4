import type { Pruner } from "../../src/pruners/pruner.ts";
import { prunerFrom } from "../../src/pruners/registry.ts";
import { samplerFrom } from "../../src/samplers/registry.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { SWEEP_DEFAULTS } from "../../src/sweep/resolved-sweep.ts";

/** Whether a sweep says which sampler it wants. */
export function namesSampler({ sampler }: LoadedSweep): boolean {
  return sampler !== SWEEP_DEFAULTS.sampler;
}

/** The sampler of a sweep. @throws OPTION_INVALID for a name that nobody knows */
export function samplerOf({ sampler }: LoadedSweep): Sampler {
  return "propose" in sampler ? sampler : samplerFrom(sampler);
}

/** The pruner of a sweep. @throws OPTION_INVALID for a name that nobody knows */
export function prunerOf({ pruner }: LoadedSweep): Pruner {
  return "judge" in pruner ? pruner : prunerFrom(pruner);
}
