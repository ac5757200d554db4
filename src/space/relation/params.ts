import type { Assignment } from "../assignment.ts";
import type { CompiledSpace } from "../compile.ts";
import type { Literal } from "../node.ts";
import { joinPath } from "../path.ts";
import { type ChoiceTemplate, type Template, tagValue } from "../template.ts";

/** A value that params can have at some path. Which of several it is, the assignment tells. */
export type Source =
  /** The number of a dimension. */
  | { readonly kind: "number"; readonly dimension: string }
  /** A constant of the space, there where `when` is chosen; null where it always is. */
  | { readonly kind: "constant"; readonly value: Literal; readonly when: Chosen | null };

interface Chosen {
  readonly dimension: string;
  readonly option: number;
}

/** What an expression may name. */
export interface Params {
  /** By every path there is. */
  readonly sources: ReadonlyMap<string, readonly Source[]>;
  /** The paths in the params, for messages. */
  readonly paths: readonly string[];
}

/**
 * Every path that an expression may name, with what can be there. A path is one in the params (`optimizer.momentum`,
 * `optimizer.type`), or that of a dimension (`optimizer.sgd.momentum`). The value of a choice is its option where this
 * is a literal, the number that was drawn for it, or else its tag or index: `optimizer` is "sgd".
 */
export function paramsOf(space: CompiledSpace): Params {
  const found = new Map<string, Source[]>();
  const paths = new Set<string>();
  visit(space, space.template, { inParams: "", inSpace: "", others: [], when: null, found, paths });
  return { sources: found, paths: [...paths] };
}

/** What a source gives; undefined where it is not active. */
export function sourceValue(source: Source, assignment: Assignment): Literal | undefined {
  if (source.kind === "number") return assignment[source.dimension];
  const { when, value } = source;
  return when === null || assignment[when.dimension] === when.option ? value : undefined;
}

interface Place {
  readonly inParams: string;
  readonly inSpace: string;
  /** Further paths of this value: those of the choices that it is an option of. */
  readonly others: readonly string[];
  readonly when: Chosen | null;
  readonly found: Map<string, Source[]>;
  readonly paths: Set<string>;
}

function visit(space: CompiledSpace, template: Template, at: Place): void {
  switch (template.kind) {
    case "literal":
      add(at, { kind: "constant", value: template.value, when: at.when });
      return;
    case "number":
      add(at, { kind: "number", dimension: space.dimensions[template.dimension]?.path ?? "" });
      return;
    case "choice":
      visitChoice(space, template, at);
      return;
    case "array":
      for (const [index, item] of template.items.entries()) visit(space, item, below(at, String(index)));
      return;
    case "object":
      for (const [key, entry] of template.entries) visit(space, entry, below(at, key));
  }
}

function visitChoice(space: CompiledSpace, choice: ChoiceTemplate, at: Place): void {
  const dimension = space.dimensions[choice.dimension]?.path ?? "";
  for (const [index, option] of choice.options.entries()) {
    const branch = choice.branches[index] ?? "";
    const when: Chosen = { dimension, option: index };
    const inSpace = `${at.inSpace}.${branch}`;
    const isGroup = option.kind === "object" || option.kind === "array";
    if (isGroup) add(at, { kind: "constant", value: tagValue(option, choice.tag) ?? branch, when });
    visit(space, option, { ...at, inSpace, others: isGroup ? [] : [...at.others, at.inSpace], when });
  }
}

function below(at: Place, key: string): Place {
  return { ...at, inParams: joinPath(at.inParams, key), inSpace: joinPath(at.inSpace, key), others: [] };
}

function add({ inParams, inSpace, others, found, paths }: Place, source: Source): void {
  paths.add(inParams);
  for (const path of new Set([inParams, inSpace, ...others])) {
    const sources = found.get(path);
    if (sources === undefined) found.set(path, [source]);
    else sources.push(source);
  }
}
