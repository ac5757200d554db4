import type { Assignment } from "./assignment.ts";
import type { CompiledSpace } from "./compile.ts";
import { chosenOption, valueAt } from "./decode.ts";
import type { Literal } from "./node.ts";
import { joinPath } from "./path.ts";
import type { Template } from "./template.ts";

/**
 * Params as rows of a table: the dotted path in the PARAMS (`optimizer.momentum`, without the branch's name) and the
 * value there, in the order in which the space was written. Items of lists are named by their index. Constants of the
 * space are left out, except inside the option of a choice, where they tell which one it is.
 *
 * @throws ParamsError where the assignment does not belong to the space
 */
export function flatten(space: CompiledSpace, assignment: Assignment): readonly (readonly [string, Literal])[] {
  return rows(space, space.template, { path: "", assignment, isChosen: false });
}

interface Place {
  readonly path: string;
  readonly assignment: Assignment;
  readonly isChosen: boolean;
}

function rows(space: CompiledSpace, template: Template, at: Place): readonly (readonly [string, Literal])[] {
  switch (template.kind) {
    case "literal":
      return at.isChosen ? [[at.path, template.value]] : [];
    case "number":
      return [[at.path, valueAt(space, template.dimension, at.assignment)]];
    case "choice":
      return rows(space, chosenOption(space, template, at.assignment), { ...at, isChosen: true });
    case "array":
      return template.items.flatMap((item, index) => rows(space, item, below(at, String(index))));
    case "object":
      return template.entries.flatMap(([key, entry]) => rows(space, entry, below(at, key)));
  }
}

function below(at: Place, key: string): Place {
  return { ...at, path: joinPath(at.path, key) };
}
