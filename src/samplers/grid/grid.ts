import type { CompiledSpace } from "../../space/compile.ts";
import type { Proposal, ProposalRequest, Sampler } from "../sampler.ts";
import { TriedConfigurations } from "../tried.ts";
import { AllowedSteps } from "./allowed-steps.ts";
import { type GridOptions, resolveGridOptions } from "./options.ts";
import { type GridPoints, gridPoints } from "./points.ts";

/**
 * Tries every configuration of a grid once, then ends the study. Takes no heed of losses.
 *
 * Finite dimensions have all their values, others `steps` of them. Trials jump about the grid, so that a study that
 * ends early has seen all parts of it.
 *
 * @throws ParzenError OPTION_INVALID
 */
export function grid(options: GridOptions = {}): Sampler {
  const settings = resolveGridOptions(options);
  const known = new WeakMap<CompiledSpace, SeenGrid>();
  return {
    name: "grid",
    version: 1,
    options: { ...settings },
    propose: (request) => {
      let seen = known.get(request.space);
      if (seen === undefined) {
        seen = { points: gridPoints(request.space, settings), allowed: new WeakMap() };
        known.set(request.space, seen);
      }
      return firstUntried(request, seen);
    },
  };
}

/** A grid, and by `isAllowed` what that allows of it, as far as it was looked at. */
interface SeenGrid {
  readonly points: GridPoints;
  readonly allowed: WeakMap<ProposalRequest["isAllowed"], AllowedSteps>;
}

/** Looks from the turn of this trial on, so that it seldom passes over more than a few. */
function firstUntried(request: ProposalRequest, { points, allowed }: SeenGrid): Proposal {
  const { space, observations, pending, isAllowed, trialNumber } = request;
  const tried = new TriedConfigurations(space, observations, pending);
  let steps = allowed.get(isAllowed);
  if (steps === undefined) {
    steps = new AllowedSteps(points, isAllowed);
    allowed.set(isAllowed, steps);
  }
  for (const assignment of steps.from(trialNumber)) if (!tried.has(assignment)) return { kind: "try", assignment };
  return { kind: "exhausted" };
}
