import { didYouMean, ParzenError, show } from "../../errors.ts";
import type { CompiledSpace, Dimension, Template } from "../../space/compile.ts";
import type { Literal } from "../../space/node.ts";
import { describeValues, isInside } from "../../space/values.ts";
import { nearestValue } from "../nearest.ts";

/**
 * Values by path, as in `params`: a number, or for a choice the option, which is itself where it is a literal and else
 * the name of its branch (`"adam"` of `optimizer.adam.beta1`).
 */
export type FixedValues = { readonly [path: string]: Literal };

/**
 * The values as an assignment has them, by index of the dimension.
 *
 * @throws ParzenError OPTION_INVALID where the space has no such param, or the param no such value
 */
export function fixedIn(space: CompiledSpace, fixed: FixedValues): ReadonlyMap<number, number> {
  const paths = space.dimensions.map(({ path }) => path);
  return new Map(
    Object.entries(fixed).map(([path, value]) => {
      const index = paths.indexOf(path);
      const dimension = space.dimensions[index];
      if (dimension === undefined) throw unknownPath(path, paths);
      return [index, valueIn(dimension, choiceAt(space.template, index), value)];
    }),
  );
}

function unknownPath(path: string, paths: readonly string[]): ParzenError {
  return new ParzenError("OPTION_INVALID", `partial: the space has no "${path}"${didYouMean(path, paths)}`, {
    hint: `Its params are ${paths.join(", ")}.`,
  });
}

type Choice = Extract<Template, { kind: "choice" }>;

function valueIn({ path, distribution }: Dimension, choice: Choice | null, value: Literal): number {
  if (choice === null) {
    if (typeof value === "number" && isInside(distribution, value)) return nearestValue(distribution, value);
    throw wrongValue(path, describeValues(distribution), value);
  }
  const names = choice.options.map((option, index) =>
    option.kind === "literal" ? option.value : (choice.branches[index] ?? null),
  );
  const option = names.indexOf(value);
  if (option < 0) throw wrongValue(path, `one of ${names.map(show).join(", ")}`, value);
  return option;
}

function wrongValue(path: string, expected: string, value: Literal): ParzenError {
  return new ParzenError("OPTION_INVALID", `partial ${path}: expected ${expected}, received ${show(value)}`);
}

/** The choice of a dimension; null where it is a number. */
function choiceAt(template: Template, dimension: number): Choice | null {
  if (template.kind === "choice" && template.dimension === dimension) return template;
  for (const inner of partsOf(template)) {
    const found = choiceAt(inner, dimension);
    if (found !== null) return found;
  }
  return null;
}

function partsOf(template: Template): readonly Template[] {
  switch (template.kind) {
    case "choice":
      return template.options;
    case "array":
      return template.items;
    case "object":
      return template.entries.map(([, entry]) => entry);
    default:
      return [];
  }
}
