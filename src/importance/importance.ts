import { surfaceOf } from "../samplers/gp/surface.ts";
import { countFinite } from "../samplers/losses.ts";
import { type Point, pointSpaceOf } from "../samplers/points.ts";
import { triedOf } from "../samplers/tpe/joint/tried-points.ts";
import type { CompiledSpace } from "../space/compile.ts";
import type { Relation } from "../space/relation/relation.ts";
import { brokenRelation } from "../space/relation/where.ts";
import type { Observation } from "../trial/observation.ts";
import { withinFence } from "./fence.ts";
import { sensitivitiesOf } from "./sensitivity.ts";

/** How much one param matters. */
export interface ParamImportance {
  /** Its path, e.g. `optimizer.sgd.momentum`. */
  readonly path: string;
  /**
   * Of the variance of losses over the whole space, the part that comes with this param, by itself or with others: from 0
   * on, rarely above 1. What two params do together counts for both, so these add up to 1 or more.
   */
  readonly importance: number;
  /** The part that comes with this param by itself, from 0 to `importance`; these add up to 1 or less. */
  readonly alone: number;
}

/** Which params of a study matter, as far as its trials tell. */
export interface Importance {
  /** All of the space, the most important first. */
  readonly params: readonly ParamImportance[];
  /** Those that have a loss, or were pruned: these count with what they would have come to. */
  readonly trials: number;
  /**
   * How much the trials tell: of the variance of their losses, the part that a model foretells, each from all others. 1
   * is all of it; near 0 or below, what is said of params is worth nothing.
   */
  readonly explained: number;
}

/** What is known of a study. */
export interface Known {
  readonly space: CompiledSpace;
  readonly relations: readonly Relation[];
  readonly observations: readonly Observation[];
}

/** Losses that it takes before anything is said. */
export const LEAST_TRIALS = 10;

/**
 * Which params matter: sensitivities of the Gaussian process that `gp` fits to losses. Failed trials are left out, since
 * what they are worth is not known, and a loss that is far out counts as one at the fence.
 *
 * @returns null with fewer than `LEAST_TRIALS` losses
 */
export function importanceOf({ space, relations, observations }: Known): Importance | null {
  const points = pointSpaceOf(space);
  const told = observations.filter(({ result }) => result.kind !== "failed");
  const tried = triedOf(points, { observations: told, pending: [] });
  const trials = countFinite(tried.losses);
  if (trials < LEAST_TRIALS) return null;
  const surface = surfaceOf(points, { ...tried, losses: withinFence(tried.losses) });
  const isAllowed = (point: Point): boolean => brokenRelation(relations, points.assignmentOf(point)) === null;
  const sensitivities = sensitivitiesOf(points, surface.expected, relations.length === 0 ? null : isAllowed);
  const params = space.dimensions.map(({ path }, dimension) => {
    const { total: importance, alone } = sensitivities[dimension] ?? { total: 0, alone: 0 };
    return { path, importance, alone };
  });
  params.sort((a, b) => b.importance - a.importance);
  return { params, trials, explained: surface.explained };
}
