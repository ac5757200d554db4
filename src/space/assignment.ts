import { ParamsError } from "../errors.ts";
import type { CompiledSpace, Dimension } from "./compile.ts";
import { isObject } from "./object.ts";
import { describeValues, isInside } from "./values.ts";

/**
 * The flat form of params: path -> value of each active dimension. A choice is held by the index of its option; every
 * other value is the number itself. Plain JSON.
 */
export type Assignment = { readonly [path: string]: number };

/** Whether `dimension` exists under the choices made so far. */
export function isActive(
  space: CompiledSpace,
  dimension: Dimension,
  chosen: { readonly [path: string]: unknown },
): boolean {
  const { condition } = dimension;
  if (condition === null) return true;
  const parent = space.dimensions[condition.dimension];
  return parent !== undefined && chosen[parent.path] === condition.option;
}

/** Paths of active dimensions that have no value; what hangs on a choice without one is not among them. */
export function missingFrom(space: CompiledSpace, given: Assignment): readonly string[] {
  const active = space.dimensions.filter((dimension) => isActive(space, dimension, given));
  return active.map(({ path }) => path).filter((path) => !Object.hasOwn(given, path));
}

/**
 * Checks that exactly the active dimensions have a value and that each value is one its distribution can take.
 *
 * @param assignment anything: it may come from a queue or a file
 * @throws ParamsError
 */
export function checkAssignment(space: CompiledSpace, assignment: unknown): asserts assignment is Assignment {
  if (!isObject(assignment)) throw new ParamsError("", "an assignment: an object of path -> number", assignment);
  const values = assignment;
  const active = space.dimensions.filter((dimension) => isActive(space, dimension, values));
  for (const dimension of active) {
    const value = Object.hasOwn(values, dimension.path) ? values[dimension.path] : undefined;
    if (typeof value !== "number" || !isInside(dimension.distribution, value)) {
      throw new ParamsError(dimension.path, describeValues(dimension.distribution), value);
    }
  }
  const keys = Object.keys(values);
  if (keys.length === active.length) return;
  const known = new Set(active.map(({ path }) => path));
  const stray = keys.find((key) => !known.has(key)) ?? "";
  throw new ParamsError(stray, "only active params", values[stray]);
}
