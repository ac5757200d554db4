import { isParzenError } from "../../src/errors.ts";
import { relationsOf } from "../../src/space/relation/where.ts";
import { checkReach } from "../../src/study/proposal/propose.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { samplerOf } from "./strategies.ts";

/**
 * Has the sampler of a sweep propose once: what it was given by the paths of params may not fit the space.
 *
 * @throws SweepError at the sampler
 */
export async function checkSampler(sweep: LoadedSweep): Promise<void> {
  const { file, space, where, seed, fidelity, maxTrials } = sweep;
  const proposer = { sampler: samplerOf(sweep), space, relations: relationsOf(space, where) };
  try {
    checkReach(proposer, { seed, ...(fidelity && { fidelity }) }, { maxTrials, parallelism: 1 });
  } catch (error) {
    if (!isParzenError(error)) throw error; // a sampler of the user's own that is broken
    const { faultAt } = await import("./definition.ts"); // loads a parser that no right sweep of a module needs
    throw await faultAt(file, ["sampler"], { expected: error.message, hint: error.hint, cause: error });
  }
}
