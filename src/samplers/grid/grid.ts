import type { CompiledSpace } from "../../space/compile.ts";
import { oncePer } from "../once.ts";
import type { Proposal, ProposalRequest, Sampler } from "../sampler.ts";
import { TriedConfigurations } from "../tried.ts";
import { AllowedSteps } from "./allowed-steps.ts";
import { type GridOptions, resolveGridOptions } from "./options.ts";
import { gridPoints } from "./points.ts";

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
  const seenIn = oncePer((space: CompiledSpace): SeenGrid => {
    const points = gridPoints(space, settings);
    return oncePer((isAllowed) => new AllowedSteps(points, isAllowed));
  });
  return {
    name: "grid",
    version: 2,
    options: { ...settings },
    propose: (request) => firstUntried(request, seenIn(request.space)),
  };
}

/** By `isAllowed`, what that allows of a grid, as far as it was looked at. */
type SeenGrid = (isAllowed: ProposalRequest["isAllowed"]) => AllowedSteps;

/** Looks from the turn of this trial on, so that it seldom passes over more than a few. */
function firstUntried(request: ProposalRequest, seen: SeenGrid): Proposal {
  const { space, observations, pending, isAllowed, trialNumber } = request;
  const tried = new TriedConfigurations(space, observations, pending);
  for (const assignment of seen(isAllowed).from(trialNumber))
    if (!tried.has(assignment)) return { kind: "try", assignment };
  return { kind: "exhausted" };
}
