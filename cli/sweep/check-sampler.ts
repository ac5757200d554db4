import { isParzenError } from "../../src/errors.ts";
import { relationsOf } from "../../src/space/relation/where.ts";
import { checkReach } from "../../src/study/proposal/propose.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { fail } from "../../src/sweep/source.ts";
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
    const { readDefinition } = await import("./sweep-faults.ts"); // loads a parser that no right sweep of a module needs
    const { source } = await readDefinition(file);
    throw fail(source, ["sampler"], { expected: error.message, hint: error.hint, cause: error });
  }
}
