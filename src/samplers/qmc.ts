import { scrambledSobol } from "../numerics/sobol.ts";
import type { Assignment } from "../space/assignment.ts";
import { proposeNew } from "./novelty.ts";
import { assign, priorQuantile } from "./prior.ts";
import type { ProposalRequest, Sampler } from "./sampler.ts";

/**
 * Fills the space evenly, by a scrambled Sobol sequence: one of its coordinates for each dimension, by quantile of the
 * space. Takes no heed of losses. It covers a space with fewer trials than `random` does, and is best left at a power
 * of two.
 *
 * Trial n has point n. Where that was tried before or is not allowed, it has the same place in a later stretch.
 */
export function qmc(): Sampler {
  return {
    name: "qmc",
    version: 1,
    options: {},
    propose: (request) => {
      const seed = Math.floor(request.studyRng("qmc").next() * 2 ** 32);
      let attempt = 0;
      return proposeNew(request, () => pointOf(request, request.trialNumber + STRETCH * attempt++, seed));
    },
  };
}

/** Points between those that one trial may have: more than there will be trials. */
const STRETCH = 2 ** 24;

function pointOf({ space }: ProposalRequest, index: number, seed: number): Assignment {
  return assign(space, ({ distribution }, dimension) =>
    priorQuantile(distribution, scrambledSobol({ index, dimension }, seed)),
  );
}
