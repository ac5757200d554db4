import { proposeNew } from "./novelty.ts";
import { drawConfiguration } from "./prior.ts";
import type { Sampler } from "./sampler.ts";

/** Draws every trial from the space alone. The baseline, and right for a first look at a space. */
export function random(): Sampler {
  return {
    name: "random",
    version: 1,
    options: {},
    propose: (request) => proposeNew(request, () => drawConfiguration(request.space, request.rng)),
  };
}
