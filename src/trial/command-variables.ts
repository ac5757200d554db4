import type { CompiledSpace } from "../space/compile.ts";
import { joinPath } from "../space/path.ts";
import type { Template } from "../space/template.ts";

/**
 * The environment variable that tells a program one param.
 *
 * @param path in the params, e.g. `optimizer.momentum`
 */
export function variableOf(path: string): string {
  return `PARZEN_PARAM_${path.toUpperCase().replace(/[^A-Z0-9]/g, "_")}`;
}

/** Two params, by their paths, that some trial has both, and whose variables have one name; null where there are none. */
export function sharedVariable(space: CompiledSpace): readonly [string, string] | null {
  const seen = new Map<string, Param[]>();
  for (const param of params(space.template, { path: "", chosen: new Map() })) {
    const same = seen.get(variableOf(param.path)) ?? [];
    const other = same.find((each) => each.path !== param.path && canMeet(each, param));
    if (other !== undefined) return [other.path, param.path];
    seen.set(variableOf(param.path), [...same, param]);
  }
  return null;
}

interface Param {
  readonly path: string;
  /** The options under which there is such a param: choice -> option. */
  readonly chosen: ReadonlyMap<number, number>;
}

/** All that trials may have, as `flatten` names it. */
function params(template: Template, at: Param): readonly Param[] {
  switch (template.kind) {
    case "literal":
      return at.chosen.size > 0 ? [at] : [];
    case "number":
      return [at];
    case "choice":
      return template.options.flatMap((option, index) => {
        return params(option, { ...at, chosen: new Map([...at.chosen, [template.dimension, index]]) });
      });
    case "array":
      return template.items.flatMap((item, index) => params(item, below(at, String(index))));
    case "object":
      return template.entries.flatMap(([key, entry]) => params(entry, below(at, key)));
  }
}

function canMeet(one: Param, other: Param): boolean {
  return [...one.chosen].every(([choice, option]) => (other.chosen.get(choice) ?? option) === option);
}

function below(at: Param, key: string): Param {
  return { ...at, path: joinPath(at.path, key) };
}
