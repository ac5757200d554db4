import { ParamsError } from "../errors.ts";
import type { Assignment } from "./assignment.ts";
import { type CompiledSpace, checkCompiled, dimensionAt } from "./compile.ts";
import { isObject } from "./object.ts";
import type { ChoiceTemplate, Template } from "./template.ts";
import { describeValues } from "./values.ts";

/**
 * The params that an assignment stands for, keys in the order in which the space was written. A fresh value: nothing in
 * it is shared with the space.
 *
 * @throws SpaceError for a space that is not compiled; ParamsError where an active dimension has no value or a choice no such option
 */
export function decode(space: CompiledSpace, assignment: Assignment): unknown {
  checkCompiled(space);
  if (!isObject(assignment)) throw new ParamsError("", "an assignment", assignment);
  return decodeTemplate(space, space.template, assignment);
}

function decodeTemplate(space: CompiledSpace, template: Template, assignment: Assignment): unknown {
  switch (template.kind) {
    case "literal":
      return template.value;
    case "number":
      return valueAt(space, template.dimension, assignment);
    case "choice":
      return decodeTemplate(space, chosenOption(space, template, assignment), assignment);
    case "array":
      return template.items.map((item) => decodeTemplate(space, item, assignment));
    case "object":
      return Object.fromEntries(
        template.entries.map(([key, value]) => [key, decodeTemplate(space, value, assignment)]),
      );
  }
}

/** The option that an assignment chose. @throws ParamsError */
export function chosenOption(space: CompiledSpace, choice: ChoiceTemplate, assignment: Assignment): Template {
  const index = valueAt(space, choice.dimension, assignment);
  const option = choice.options[index];
  if (option === undefined) {
    const { path, distribution } = dimensionAt(space, choice.dimension);
    throw new ParamsError(path, describeValues(distribution), index);
  }
  return option;
}

/** The value of one dimension. @throws ParamsError where it has none */
export function valueAt(space: CompiledSpace, index: number, assignment: Assignment): number {
  const { path, distribution } = dimensionAt(space, index);
  const value = Object.hasOwn(assignment, path) ? assignment[path] : undefined;
  if (typeof value !== "number") throw new ParamsError(path, describeValues(distribution), value);
  return value;
}
