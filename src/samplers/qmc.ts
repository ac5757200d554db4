import { scrambledSobol } from "../numerics/sobol.ts";
import type { Assignment } from "../space/assignment.ts";
import { type NoOptions, takesNone } from "../trial/strategy-options.ts";
import { firstAllowed } from "./allowed.ts";
import { proposeNew } from "./novelty.ts";
import { assign, priorQuantile } from "./prior.ts";
import type { ProposalRequest, Sampler } from "./sampler.ts";

/**
 * Fills the space evenly, by a scrambled Sobol sequence: one of its coordinates for each dimension, by quantile of the
 * space. Takes no heed of losses. It covers a space with fewer trials than `random` does, and is best left at a power
 * of two.
 *
 * Trial n has point n. Where that was tried before or is not allowed, it has the same place in a later stretch.
 *
 * @throws ParzenError OPTION_INVALID for any option
 */
export function qmc(options: NoOptions = {}): Sampler {
  takesNone("qmc", options);
  return {
    name: "qmc",
    version: 1,
    options: {},
    propose: (request) => {
      const seed = Math.floor(request.studyRng("qmc").next() * 2 ** 32);
      let attempt = 0;
      const next = (): Assignment => pointOf(request, request.trialNumber + STRETCH * attempt++, seed);
      return proposeNew(request, () => firstAllowed(next, request.isAllowed, MOST_STRETCHES) ?? next());
    },
  };
}

/** Points between those that one trial may have: more than there will be trials. */
const STRETCH = 2 ** 24;

/** Stretches in which an allowed point is looked for at a time; a Sobol sequence of 32 bits has 256 of them. */
const MOST_STRETCHES = 20;

function pointOf({ space }: ProposalRequest, index: number, seed: number): Assignment {
  return assign(space, ({ distribution }, dimension) =>
    priorQuantile(distribution, scrambledSobol({ index, dimension }, seed)),
  );
}
