import type { CompiledSpace } from "../../space/compile.ts";
import type { Proposal, ProposalRequest, Sampler } from "../sampler.ts";
import { TriedConfigurations } from "../tried.ts";
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
  const known = new WeakMap<CompiledSpace, GridPoints>();
  return {
    name: "grid",
    version: 1,
    options: { ...settings },
    propose: (request) => {
      let points = known.get(request.space);
      if (points === undefined) {
        points = gridPoints(request.space, settings);
        known.set(request.space, points);
      }
      return firstUntried(request, points);
    },
  };
}

/** Bound on the configurations that are looked at for one proposal, where next to none are allowed. */
const MAX_STEPS = 1_000_000n;

/** Looks from the turn of this trial on, so that it seldom passes over more than a few. */
function firstUntried(request: ProposalRequest, { size, stride, at }: GridPoints): Proposal {
  const { space, observations, pending } = request;
  const tried = new TriedConfigurations(space, observations, pending);
  let index = (BigInt(request.trialNumber) * stride) % size;
  for (let step = 0n; step < size && step < MAX_STEPS; step++) {
    const assignment = at(index);
    if (request.isAllowed(assignment) && !tried.has(assignment)) return { kind: "try", assignment };
    index = (index + stride) % size;
  }
  return { kind: "exhausted" };
}
