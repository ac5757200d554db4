import { ParzenError, show } from "../errors.ts";
import { scrambledSobol } from "../numerics/sobol.ts";
import { surfaceOf } from "../samplers/gp/surface.ts";
import { countFinite } from "../samplers/losses.ts";
import { nearestValue } from "../samplers/nearest.ts";
import { type Point, type PointSpace, pointSpaceOf } from "../samplers/points.ts";
import { triedOf } from "../samplers/tpe/joint/tried-points.ts";
import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace, Dimension } from "../space/compile.ts";
import { isObject } from "../space/object.ts";
import { brokenRelation } from "../space/relation/where.ts";
import { describeValues, isInside } from "../space/values.ts";
import { withinFence } from "./fence.ts";
import { type Known, LEAST_TRIALS } from "./importance.ts";

/** What a model of a study's losses expects where some params are given. */
export interface Dependence {
  /** Of the variance of losses, the part that the model foretells, each from all others; see `Importance.explained`. */
  readonly explained: number;
  /**
   * The loss that is expected where params have these values, whatever the others are: the mean over draws of the others
   * from the space. Where losses above 0 differ a hundredfold it is the mean of their logarithms, as a loss.
   *
   * @param values by path, a choice by the index of its option, a number that its param cannot take as the nearest that it
   * can; choices on which they depend are taken to be made so
   * @returns null where the params are never active together, or relations forbid all that was drawn
   * @throws OPTION_INVALID for a path that is not in the space, what is no finite number, and an option that is not there
   */
  expected(values: Assignment): number | null;
}

/** Draws of the other params that are averaged. */
const DRAWS = 32;
/** Any: the same trials have the same expectations. */
const SEED = 0xdeed;
/** From here on, the largest loss beside the smallest, logarithms of losses are fitted. */
const LOG_FROM = 100;

/**
 * The partial dependence of the loss on any params, from the Gaussian process that `importanceOf` fits too.
 *
 * @returns null with fewer than `LEAST_TRIALS` losses
 * @source Friedman 2001, "Greedy function approximation: a gradient boosting machine" (Annals of Statistics 29), section 8.2
 */
export function dependenceOf({ space, relations, observations }: Known): Dependence | null {
  const points = pointSpaceOf(space);
  const told = observations.filter(({ result }) => result.kind !== "failed");
  const tried = triedOf(points, { observations: told, pending: [] });
  if (countFinite(tried.losses) < LEAST_TRIALS) return null;
  const { losses, lossAt } = scaled(tried.losses);
  const surface = surfaceOf(points, { ...tried, losses });
  const draws = Array.from({ length: DRAWS }, (_, index) =>
    space.dimensions.map((_dimension, dimension) => scrambledSobol({ index, dimension }, SEED)),
  );
  const isAllowed = (point: Point): boolean => brokenRelation(relations, points.assignmentOf(point)) === null;
  return {
    explained: surface.explained,
    expected: (values) => {
      const given = givenOf(points, values);
      if (given === null) return null;
      const drawn = draws.map((units) => pointWith(points, given, units)).filter(isAllowed);
      if (drawn.length === 0) return null;
      return lossAt(drawn.reduce((sum, point) => sum + surface.expected(point), 0) / drawn.length);
    },
  };
}

/** What the model is told of losses, and the loss that a standardized figure of it stands for. */
interface Scaled {
  readonly losses: Float64Array;
  lossAt(standardized: number): number;
}

function scaled(told: Float64Array): Scaled {
  const isLog = isWide(told);
  const losses = withinFence(isLog ? told.map(Math.log) : told);
  const { mean, deviation } = spreadOf(losses.filter(Number.isFinite));
  const lossAt = (standardized: number): number => mean + deviation * standardized;
  return { losses, lossAt: isLog ? (standardized) => Math.exp(lossAt(standardized)) : lossAt };
}

/** Reckoned in parts of their range, whose squares neither overflow nor vanish. */
function spreadOf(losses: Float64Array): { readonly mean: number; readonly deviation: number } {
  const least = losses.reduce((low, loss) => Math.min(low, loss), Number.POSITIVE_INFINITY);
  const range = losses.reduce((high, loss) => Math.max(high, loss), Number.NEGATIVE_INFINITY) - least;
  if (!(range > 0)) return { mean: least, deviation: 0 };
  const inside = losses.map((loss) => (loss - least) / range);
  const mean = inside.reduce((sum, part) => sum + part, 0) / inside.length;
  const variance = inside.reduce((sum, part) => sum + (part - mean) ** 2, 0) / inside.length;
  return { mean: least + range * mean, deviation: range * Math.sqrt(variance) };
}

/** Whether losses are above 0 and differ a hundredfold, those left out that lie far out. */
function isWide(told: Float64Array): boolean {
  const known = withinFence(told.filter(Number.isFinite));
  const least = known.reduce((low, loss) => Math.min(low, loss), Number.POSITIVE_INFINITY);
  const most = known.reduce((high, loss) => Math.max(high, loss), Number.NEGATIVE_INFINITY);
  return least > 0 && most / least >= LOG_FROM;
}

/** By dimension, where the given values lie, and the options on which these depend; null where they exclude each other. */
function givenOf({ space, coordinates }: PointSpace, values: Assignment): ReadonlyMap<number, number> | null {
  if (!isObject(values)) throw wrong("", "an object of path -> number", values);
  const given = new Map<number, number>();
  for (const [path, value] of Object.entries(values)) {
    const [index, { distribution }] = dimensionOf(space, path);
    const coordinate = coordinates[index];
    const nearest = nearestValue(distribution, value);
    if (!Number.isFinite(value) || !isInside(distribution, nearest)) {
      throw wrong(path, describeValues(distribution), value);
    }
    if (coordinate === undefined) continue;
    given.set(
      index,
      coordinate.kind === "numeric" ? coordinate.snap(coordinate.toUnit(nearest)) : coordinate.toIndex(value),
    );
  }
  for (const dimension of given.keys()) {
    const condition = space.dimensions[dimension]?.condition ?? null;
    if (condition === null) continue;
    if ((given.get(condition.dimension) ?? condition.option) !== condition.option) return null;
    given.set(condition.dimension, condition.option); // is looked at in its turn
  }
  return given;
}

function dimensionOf({ dimensions }: CompiledSpace, path: string): readonly [index: number, dimension: Dimension] {
  const index = dimensions.findIndex((each) => each.path === path);
  const dimension = dimensions[index];
  if (dimension === undefined) throw new ParzenError("OPTION_INVALID", `dependence: the space has no param "${path}"`);
  return [index, dimension];
}

function wrong(path: string, expected: string, received: unknown): ParzenError {
  const where = path === "" ? "dependence" : `dependence: ${path}`;
  return new ParzenError("OPTION_INVALID", `${where}: expected ${expected}, received ${show(received)}`);
}

function pointWith(points: PointSpace, given: ReadonlyMap<number, number>, units: readonly number[]): Point {
  return points.fill((coordinate, index) => given.get(index) ?? coordinate.quantile(units[index] ?? 0));
}
