import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { countConfigurations, countValues, isReachable } from "../space/configurations.ts";
import { Walk } from "../space/walk.ts";
import { firstAllowed } from "./allowed.ts";
import { nearestValue } from "./nearest.ts";
import { oncePer } from "./once.ts";
import { assign, drawConfiguration, drawPrior } from "./prior.ts";
import { allowsAll, type Proposal, type ProposalRequest } from "./sampler.ts";
import { TriedConfigurations } from "./tried.ts";

/** How often the sampler itself is asked before the space is. A guess: a sampler that insists will go on insisting. */
const SAMPLER_DRAWS = 10;
const PRIOR_DRAWS = 100;
/** For each draw from the space, how many more may be forbidden by relations. */
const FORBIDDEN = 10;
/** Bound on the last resort: steps of a walk through a finite space, and draws in an infinite one or one longer than the walk. */
export const LAST_STEPS = 1_000_000;
export const LAST_DRAWS = 10_000;

/**
 * Turns a sampler's draws into a proposal that is allowed and that no trial has had, as long as there is one.
 *
 * Asks the sampler a few times, then draws from the space; where that fails too, a finite space is walked through from
 * a drawn point, and an infinite one is drawn below its unbounded part. What relations allow of a vast finite space may
 * be apart from where a walk comes: there more draws are looked at.
 *
 * @param draw from `request.rng`; a new draw at every call
 * @param repeats true to allow what was tried before
 * @returns exhausted where a finite space has nothing left, or where relations leave next to nothing to draw
 */
export function proposeNew(request: ProposalRequest, draw: () => Assignment, repeats = false): Proposal {
  const { space, rng, observations, pending } = request;
  const tried = new TriedConfigurations(space, repeats ? [] : observations, repeats ? [] : pending);
  const open: Open = { tried, isAllowed: request.isAllowed };
  const size = countOf(space);
  let found: Assignment | null = null;
  if (tried.size < size) {
    found = firstAllowed(draw, (drawn) => isOpen(open, drawn), SAMPLER_DRAWS);
    found ??= firstOf(PRIOR_DRAWS, () => drawConfiguration(space, rng), open);
  }
  if (Number.isFinite(size)) found ??= firstInWalk(request, Math.min(size, LAST_STEPS), open);
  if (size > LAST_STEPS) found ??= firstOf(LAST_DRAWS, lastDraws(request, open), open);
  return found === null ? { kind: "exhausted" } : { kind: "try", assignment: found };
}

/** What may be proposed. */
interface Open {
  readonly tried: TriedConfigurations;
  readonly isAllowed: (assignment: Assignment) => boolean;
}

function isOpen({ tried, isAllowed }: Open, assignment: Assignment): boolean {
  return isAllowed(assignment) && !tried.has(assignment); // relations are cheaper to look at than what was tried
}

/** @param times how many may be known already */
function firstOf(times: number, draw: () => Assignment, { tried, isAllowed }: Open): Assignment | null {
  let [known, forbidden] = [0, 0];
  while (known < times && forbidden < FORBIDDEN * times) {
    const assignment = draw();
    if (!isAllowed(assignment)) forbidden++;
    else if (tried.has(assignment)) known++;
    else return assignment;
  }
  return null;
}

const countOf = oncePer(countConfigurations);

function firstInWalk({ space, rng }: ProposalRequest, steps: number, open: Open): Assignment | null {
  const walk = new Walk(space, drawConfiguration(space, rng));
  for (let step = 0; step < steps; step++) {
    if (isOpen(open, walk.at)) return { ...walk.at };
    walk.step();
  }
  return null;
}

/** What relations allow may lie where nothing is endless: where there are some, every other draw is from all of it. */
function lastDraws(request: ProposalRequest, open: Open): () => Assignment {
  const { space, rng, isAllowed } = request;
  const endless = endlessDimensions(space);
  let draws = 0;
  return () => {
    const isAnywhere = isAllowed !== allowsAll && draws++ % 2 === 0;
    return isAnywhere ? drawConfiguration(space, rng) : drawUnbounded(request, open, endless);
  };
}

/**
 * Draws below one of the dimensions that have no end, its choices forced. What was drawn before moves outwards on its
 * grid: a narrow `qnormal` would repeat its few likely values for ever. Where none has no end, it draws from all of it.
 */
function drawUnbounded({ space, rng }: ProposalRequest, open: Open, endless: readonly number[]): Assignment {
  const index = endless[Math.floor(rng.next() * endless.length)] ?? 0;
  const forced = forcedOptions(space, index);
  const drawn = assign(space, ({ distribution }, at) => forced.get(at) ?? drawPrior(distribution, rng));
  const { path, distribution } = space.dimensions[index] ?? {};
  if (path === undefined || (distribution?.kind !== "qnormal" && distribution?.kind !== "qlognormal")) return drawn;
  for (let step = 0; step <= 2 * open.tried.size; step++) {
    const cells = (step % 2 === 0 ? -1 : 1) * Math.ceil(step / 2);
    const value = nearestValue(distribution, (drawn[path] ?? 0) + cells * distribution.q);
    if (isOpen(open, { ...drawn, [path]: value })) return { ...drawn, [path]: value };
  }
  return drawn;
}

/** Indices of the dimensions with endlessly many values, those below options of probability 0 left out. */
function endlessDimensions(space: CompiledSpace): readonly number[] {
  return space.dimensions.flatMap(({ distribution }, index) => {
    if (countValues(distribution) !== Number.POSITIVE_INFINITY) return [];
    const reachable = [...forcedOptions(space, index)].every(([parent, option]) => {
      const choice = space.dimensions[parent]?.distribution;
      return choice !== undefined && isReachable(choice, option);
    });
    return reachable ? [index] : [];
  });
}

/** Which option each choice above a dimension must take for it to be active. */
function forcedOptions(space: CompiledSpace, index: number): ReadonlyMap<number, number> {
  const forced = new Map<number, number>();
  let condition = space.dimensions[index]?.condition ?? null;
  while (condition !== null) {
    forced.set(condition.dimension, condition.option);
    condition = space.dimensions[condition.dimension]?.condition ?? null;
  }
  return forced;
}
