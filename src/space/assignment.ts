import { ParamsError } from "../errors.ts";
import type { CompiledSpace, Dimension } from "./compile.ts";
import type { Distribution } from "./distribution.ts";
import { isMultiple } from "./grid.ts";

/**
 * The flat form of params: path -> value of each active dimension. A choice is held by the index of its option; every
 * other value is the number itself. Plain JSON.
 */
export type Assignment = { readonly [path: string]: number };

/** Whether `dimension` exists under the choices made so far. */
export function isActive(space: CompiledSpace, dimension: Dimension, chosen: Assignment): boolean {
  const { condition } = dimension;
  if (condition === null) return true;
  const parent = space.dimensions[condition.dimension];
  return parent !== undefined && chosen[parent.path] === condition.option;
}

/** Whether two assignments are the same configuration. */
export function isSame(space: CompiledSpace, left: Assignment, right: Assignment): boolean {
  for (const { path } of space.dimensions) if (left[path] !== right[path]) return false;
  return true;
}

/**
 * Checks that exactly the active dimensions have a value and that each value is one its distribution can take.
 *
 * @param assignment anything: it may come from a queue or a file
 * @throws ParamsError
 */
export function checkAssignment(space: CompiledSpace, assignment: unknown): asserts assignment is Assignment {
  if (typeof assignment !== "object" || assignment === null || Array.isArray(assignment)) {
    throw new ParamsError("", "an assignment: an object of path -> number", assignment);
  }
  const values = assignment as Record<string, unknown>;
  let active = 0;
  for (const dimension of space.dimensions) {
    if (!isActive(space, dimension, values as Assignment)) continue;
    active++;
    const value = Object.hasOwn(values, dimension.path) ? values[dimension.path] : undefined;
    if (typeof value !== "number" || !isInside(dimension.distribution, value)) {
      throw new ParamsError(dimension.path, describe(dimension.distribution), value);
    }
  }
  const keys = Object.keys(values);
  if (keys.length === active) return;
  const known = new Set(space.dimensions.filter((d) => isActive(space, d, values as Assignment)).map((d) => d.path));
  const stray = keys.find((key) => !known.has(key)) ?? "";
  throw new ParamsError(stray, "only active params", values[stray]);
}

/** Whether a distribution can take `value`; quantized ones up to rounding of the last bits. */
export function isInside(distribution: Distribution, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  switch (distribution.kind) {
    case "uniform":
    case "loguniform":
      return value >= distribution.low && value <= distribution.high;
    case "uniformint":
      return Number.isInteger(value) && value >= distribution.low && value <= distribution.high;
    case "quniform":
    case "qloguniform":
      return isMultiple(value, distribution.q) && value >= distribution.low && value <= distribution.high;
    case "normal":
      return true;
    case "lognormal":
      return value > 0;
    case "qnormal":
      return isMultiple(value, distribution.q);
    case "qlognormal":
      return isMultiple(value, distribution.q) && value >= 0;
    case "randint":
      return Number.isInteger(value) && value >= distribution.low && value < distribution.upper;
    case "choice":
      return Number.isInteger(value) && value >= 0 && value < distribution.count;
    case "pchoice":
      return Number.isInteger(value) && value >= 0 && value < distribution.probabilities.length;
  }
}

/** What a distribution allows, for a message. */
export function describe(distribution: Distribution): string {
  switch (distribution.kind) {
    case "uniform":
    case "loguniform":
      return `a number from ${distribution.low} to ${distribution.high}`;
    case "uniformint":
      return `an integer from ${distribution.low} to ${distribution.high}`;
    case "quniform":
    case "qloguniform":
      return `a multiple of ${distribution.q} from ${distribution.low} to ${distribution.high}`;
    case "normal":
      return "a finite number";
    case "lognormal":
      return "a number above 0";
    case "qnormal":
    case "qlognormal":
      return `a multiple of ${distribution.q}${distribution.kind === "qnormal" ? "" : ", 0 or above"}`;
    case "randint":
      return `an integer from ${distribution.low} to ${distribution.upper - 1}`;
    case "choice":
      return `the index of one of ${distribution.count} options`;
    case "pchoice":
      return `the index of one of ${distribution.probabilities.length} options`;
  }
}
