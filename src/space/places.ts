import type { CompiledSpace } from "./compile.ts";
import { joinPath } from "./path.ts";
import type { ChoiceTemplate, Template } from "./template.ts";

/** Where params hold the value of a dimension. */
export interface Place {
  /** Without branches, a choice by its tag: `optimizer.momentum`, `optimizer.type`. Branches may share one. */
  readonly path: string;
  /** Null for a number. */
  readonly choice: ChoiceTemplate | null;
}

/** The place of each dimension, by its index. */
export function placesOf({ template, dimensions }: CompiledSpace): readonly Place[] {
  const places = new Map(placesIn(template, ""));
  return dimensions.map(({ path }, index) => places.get(index) ?? { path, choice: null });
}

/**
 * The dimensions that a name means, by their index: its path, or its place, or else what is left of these without the
 * names of branches or what comes first, as `optimizer.momentum` and `momentum` are of `optimizer.sgd.momentum`.
 */
export function dimensionsNamed(space: CompiledSpace, name: string): readonly number[] {
  const names = placesOf(space).map(({ path }, index) => [space.dimensions[index]?.path ?? "", path]);
  const indices = [...names.keys()];
  const exact = indices.filter((index) => names[index]?.includes(name));
  if (exact.length > 0) return exact;
  const keys = name.split(".");
  return indices.filter((index) => names[index]?.some((path) => isShortOf(keys, path.split("."))));
}

/** Whether keys are some of a path's, in their order, the last among them. */
function isShortOf(keys: readonly string[], path: readonly string[]): boolean {
  if (keys.at(-1) !== path.at(-1)) return false;
  let at = -1;
  return keys.every((key) => {
    at = path.indexOf(key, at + 1);
    return at >= 0;
  });
}

function placesIn(template: Template, at: string): readonly (readonly [dimension: number, place: Place])[] {
  const below = (key: string): string => joinPath(at, key);
  switch (template.kind) {
    case "literal":
      return [];
    case "number":
      return [[template.dimension, { path: at, choice: null }]];
    case "choice": {
      const path = template.tag === null ? at : below(template.tag);
      const inside = template.options.flatMap((option) => placesIn(option, at));
      return [[template.dimension, { path, choice: template }], ...inside];
    }
    case "array":
      return template.items.flatMap((item, index) => placesIn(item, below(String(index))));
    case "object":
      return template.entries.flatMap(([key, entry]) => placesIn(entry, below(key)));
  }
}
