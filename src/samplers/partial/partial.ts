import type { Assignment } from "../../space/assignment.ts";
import type { CompiledSpace } from "../../space/compile.ts";
import type { JsonObject } from "../../trial/json.ts";
import { oncePer } from "../once.ts";
import type { Proposal, ProposalRequest, Sampler } from "../sampler.ts";
import { TriedConfigurations } from "../tried.ts";
import { type FixedValues, fixedIn } from "./fixed-values.ts";
import { type FreeSpace, freeSpace } from "./free-space.ts";
import { checkPartial } from "./options.ts";

/**
 * Fixes some params and leaves the others to a sampler, which sees the space without them:
 * `partial({ lr: 0.01, optimizer: "adam" }, tpe())`.
 *
 * A param below an option that is not fixed is fixed wherever that option is chosen. Trials that have other values (that
 * were enqueued, or taken over) teach the sampler nothing.
 *
 * @throws ParzenError OPTION_INVALID; for what the space does not have, or values that contradict each other, at the
 * first proposal
 */
export function partial(fixed: FixedValues, sampler: Sampler): Sampler {
  checkPartial(fixed, sampler);
  const { name, version, options } = sampler;
  const freeOf = oncePer((space: CompiledSpace) => freeSpace(space, fixedIn(space, fixed)));
  return {
    name: "partial",
    version: 1,
    options: { fixed: { ...fixed }, sampler: { name, version, options } satisfies JsonObject },
    propose: (request) => propose(request, freeOf(request.space), sampler),
    ...describedBy(sampler, freeOf),
  };
}

/**
 * What a sampler proposes beside values that are given, for one request: it sees the space without them, as in `partial`.
 *
 * @param given values by path, each with the choices above it
 * @throws ParzenError OPTION_INVALID where an option of the sampler names a param that is given
 */
export function proposeBeside(given: Assignment, sampler: Sampler, request: ProposalRequest): Proposal {
  const { dimensions } = request.space;
  const fixed = dimensions.flatMap(({ path }, index): [number, number][] => {
    const value = Object.hasOwn(given, path) ? given[path] : undefined;
    return value === undefined ? [] : [[index, value]];
  });
  return propose(request, freeSpace(request.space, new Map(fixed)), sampler);
}

/** How the one inside proposes, where it says. */
function describedBy(sampler: Sampler, freeOf: (space: CompiledSpace) => FreeSpace): Pick<Sampler, "describe"> {
  const { describe } = sampler;
  if (describe === undefined) return {};
  return {
    describe: (situation) => {
      const free = freeOf(situation.space);
      return describe.call(sampler, {
        ...situation,
        space: free.space,
        observations: free.observed(situation.observations),
      });
    },
  };
}

function propose(request: ProposalRequest, free: FreeSpace, sampler: Sampler): Proposal {
  if (free.space.dimensions.length === 0) return onlyConfiguration(request, free);
  const proposal = sampler.propose({
    ...request,
    space: free.space,
    observations: free.observed(request.observations),
    pending: free.pending(request.pending),
    isAllowed: free.allowing(request.isAllowed),
  });
  return proposal.kind === "try" ? { ...proposal, assignment: free.complete(proposal.assignment) } : proposal;
}

/** Where every param is fixed there is one thing to try. */
function onlyConfiguration(request: ProposalRequest, free: FreeSpace): Proposal {
  const assignment = free.complete({});
  const isTried = new TriedConfigurations(request.space, request.observations, request.pending).has(assignment);
  return isTried || !request.isAllowed(assignment) ? { kind: "exhausted" } : { kind: "try", assignment };
}
