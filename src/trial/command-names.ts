import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { chosenOption, valueAt } from "../space/decode.ts";
import { joinPath } from "../space/path.ts";
import type { ChoiceTemplate, Template } from "../space/template.ts";

/** A name in a command, with what it is replaced by. */
export type Named = readonly [name: string, value: string];

/** Everything that a command may name, with its value as text; the value means nothing where no assignment is given. */
export function commandNames(space: CompiledSpace, assignment: Assignment | null): readonly Named[] {
  return walk(space, space.template, { dimension: "", param: "", assignment });
}

interface Place {
  /** Path in the table of dimensions: with the names of branches. */
  readonly dimension: string;
  /** Path in the params: without them. */
  readonly param: string;
  /** Null visits every option of every choice. */
  readonly assignment: Assignment | null;
}

function walk(space: CompiledSpace, template: Template, at: Place): readonly Named[] {
  switch (template.kind) {
    case "literal":
      return named(at, String(template.value));
    case "number":
      return named(at, at.assignment === null ? "" : String(valueAt(space, template.dimension, at.assignment)));
    case "choice":
      return walkChoice(space, template, at);
    case "array":
      return template.items.flatMap((item, index) => walk(space, item, below(at, String(index))));
    case "object":
      return template.entries.flatMap(([key, entry]) => walk(space, entry, below(at, key)));
  }
}

function walkChoice(space: CompiledSpace, choice: ChoiceTemplate, at: Place): readonly Named[] {
  const options = at.assignment === null ? choice.options : [chosenOption(space, choice, at.assignment)];
  return options.flatMap((option) => {
    const branch = choice.branches[choice.options.indexOf(option)] ?? "";
    const shown = option.kind === "literal" ? String(option.value) : branch;
    const inside = { ...at, dimension: `${at.dimension}.${branch}` };
    return [...named(at, shown), ...walk(space, option, inside)];
  });
}

function named(at: Place, value: string): readonly Named[] {
  return [
    [at.dimension, value],
    [at.param, value],
  ];
}

function below(at: Place, key: string): Place {
  return { ...at, dimension: joinPath(at.dimension, key), param: joinPath(at.param, key) };
}
