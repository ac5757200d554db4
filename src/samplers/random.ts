import { type NoOptions, takesNone } from "../trial/strategy-options.ts";
import { proposeNew } from "./novelty.ts";
import { drawConfiguration } from "./prior.ts";
import type { Sampler } from "./sampler.ts";

/**
 * Draws every trial from the space alone. The baseline, and right for a first look at a space.
 *
 * @throws ParzenError OPTION_INVALID for any option
 */
export function random(options: NoOptions = {}): Sampler {
  takesNone("random", options);
  return {
    name: "random",
    version: 1,
    options: {},
    propose: (request) => proposeNew(request, () => drawConfiguration(request.space, request.rng)),
  };
}
