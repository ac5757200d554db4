import { didYouMean, ParzenError, show } from "../../errors.ts";
import type { CompiledSpace, Dimension } from "../../space/compile.ts";
import type { Literal } from "../../space/node.ts";
import { placesOf } from "../../space/places.ts";
import type { ChoiceTemplate } from "../../space/template.ts";
import { describeValues, isInside } from "../../space/values.ts";
import { nearestValue } from "../nearest.ts";

/**
 * Values by path: a number, or for a choice the option, which is itself where it is a literal and else the name of its
 * branch. A path is that of the dimension or the one in `params`: `optimizer.sgd.momentum` for one branch,
 * `optimizer.momentum` for every one that has it; `optimizer: "sgd"` or `optimizer.type: "sgd"` for the choice.
 */
export type FixedValues = { readonly [path: string]: Literal };

/**
 * The values as an assignment has them, by index of the dimension. Options that other values rule out say nothing of
 * what a value may be.
 *
 * @throws ParzenError OPTION_INVALID where the space has no such param, or none beside the other values, the param no
 * such value, or another one by another of its paths
 */
export function fixedIn(space: CompiledSpace, fixed: FixedValues): ReadonlyMap<number, number> {
  const values = new Map<number, number>();
  const ruledOut = new Map<string, Dimension | null>();
  for (const { path, value, index, dimension, choice } of meantBy(space, fixed)) {
    const closed = closedChoice(space, values, index);
    if (closed !== null) {
      if (!ruledOut.has(path)) ruledOut.set(path, closed);
      continue;
    }
    ruledOut.set(path, null);
    const wanted = valueIn(dimension, choice, value);
    if ((values.get(index) ?? wanted) !== wanted) throw contradiction(path, dimension, value);
    values.set(index, wanted);
  }
  for (const path of Object.keys(fixed)) {
    const choice = ruledOut.get(path);
    if (choice === undefined) throw unknownPath(path, space);
    if (choice !== null) throw notThere(path, choice);
  }
  return values;
}

/** A value, and one of the dimensions that its path names. */
interface Meant {
  readonly path: string;
  readonly value: Literal;
  readonly index: number;
  readonly dimension: Dimension;
  /** Null for a number. */
  readonly choice: ChoiceTemplate | null;
}

/** In the order of the space, so that what is above a dimension is known before it. */
function meantBy(space: CompiledSpace, fixed: FixedValues): readonly Meant[] {
  const places = placesOf(space);
  const named = new Set(space.dimensions.map(({ path }) => path));
  const entries = Object.entries(fixed);
  return space.dimensions.flatMap((dimension, index) => {
    const place = places[index];
    if (place === undefined) return [];
    const { choice } = place;
    return entries
      .filter(([path]) => (named.has(path) ? dimension.path : place.path) === path)
      .map(([path, value]) => ({ path, value, index, dimension, choice }));
  });
}

/** A value that no trial can have would be silently left out. */
function notThere(path: string, choice: Dimension): ParzenError {
  return new ParzenError(
    "OPTION_INVALID",
    `partial ${path}: there is no such param with the value to which "${choice.path}" is fixed`,
    { hint: `Leave out "${path}", or fix "${choice.path}" to an option that has it.` },
  );
}

/** The choice that is fixed to another option than a dimension needs; null where it can be active. */
function closedChoice(space: CompiledSpace, values: ReadonlyMap<number, number>, index: number): Dimension | null {
  const condition = space.dimensions[index]?.condition ?? null;
  if (condition === null) return null;
  const isClosed = (values.get(condition.dimension) ?? condition.option) !== condition.option;
  if (isClosed) return space.dimensions[condition.dimension] ?? null;
  return closedChoice(space, values, condition.dimension);
}

function unknownPath(path: string, { dimensions }: CompiledSpace): ParzenError {
  const paths = dimensions.map((dimension) => dimension.path);
  return new ParzenError("OPTION_INVALID", `partial: the space has no "${path}"${didYouMean(path, paths)}`, {
    hint: `Its params are ${paths.join(", ")}.`,
  });
}

function valueIn({ path, distribution }: Dimension, choice: ChoiceTemplate | null, value: Literal): number {
  if (choice === null) {
    if (typeof value === "number" && isInside(distribution, value)) return nearestValue(distribution, value);
    throw wrongValue(path, describeValues(distribution), value);
  }
  const names = choice.options.map((option, index) =>
    option.kind === "literal" ? option.value : (choice.branches[index] ?? null),
  );
  const option = names.indexOf(choice.tag === null ? value : String(value)); // a tag may be a number
  if (option < 0) throw wrongValue(path, `one of ${names.map(show).join(", ")}`, value);
  return option;
}

function wrongValue(path: string, expected: string, value: Literal): ParzenError {
  return new ParzenError("OPTION_INVALID", `partial ${path}: expected ${expected}, received ${show(value)}`);
}

function contradiction(path: string, dimension: Dimension, value: Literal): ParzenError {
  const what = `"${dimension.path}" is fixed to another value by another of its paths`;
  return new ParzenError("OPTION_INVALID", `partial ${path}: ${what}, received ${show(value)}`);
}
