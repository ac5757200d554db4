import { gathered } from "./gather.ts";
import { latinHypercube } from "./latin-hypercube.ts";
import { proposeNew } from "./novelty.ts";
import type { PointSpace } from "./points.ts";
import type { Proposal, ProposalRequest } from "./sampler.ts";

/** A design grows with the number of trials in flight, up to here. */
const MOST_POINTS = 64;

/** The most points that a design may be asked for. It is made anew for each of them, in time of their square. */
export const LONGEST_STARTUP = 1000;

/** Trials of the start-up: at least `least`, and one for each that runs at the same time. */
export function startUpSize({ plan }: ProposalRequest, least: number): number {
  return Math.max(least, Math.min(MOST_POINTS, plan.parallelism));
}

/** The design of a start-up. */
export interface StartUp {
  /** Its points. */
  readonly size: number;
  /** Whether they are drawn in toward the middle. */
  readonly isGathered: boolean;
}

/**
 * Proposes the point of a Latin hypercube that belongs to a trial's number; a draw from the space where numbers have
 * passed the end of it, or where that point was tried or is not allowed.
 */
export function proposeStartUp(points: PointSpace, request: ProposalRequest, { size, isGathered }: StartUp): Proposal {
  const { trialNumber, rng } = request;
  const isPast = trialNumber >= size;
  const design = isPast ? [] : latinHypercube(size, points.size, request.studyRng("start-up"));
  const even = design[trialNumber] ?? null;
  let place = even !== null && isGathered ? gathered(points, even) : even;
  return proposeNew(request, () => {
    const point = place === null ? points.draw(rng) : points.quantile(place);
    place = null;
    return points.assignmentOf(point);
  });
}
