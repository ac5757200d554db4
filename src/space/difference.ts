import { type CompiledSpace, compileSpace } from "./compile.ts";
import type { Distribution } from "./distribution.ts";
import type { RootSpace } from "./node.ts";
import { joinPath } from "./path.ts";
import type { ChoiceTemplate, Template } from "./template.ts";

/** One part in which two spaces differ. */
export interface Difference {
  /** Path of a dimension, a constant or a list. */
  readonly path: string;
  /** What it was, e.g. `loguniform [0.00001, 0.1]`; null where it was not there. */
  readonly before: string | null;
  /** Null where it is no longer there. */
  readonly after: string | null;
}

/**
 * What changed between two spaces, by path. Empty where their fingerprints are equal, and where they differ in nothing but
 * weights of a `pchoice` that come to the same probabilities; nowhere else.
 *
 * @throws SpaceError where one of them is wrong
 */
export function differences(before: RootSpace, after: RootSpace): readonly Difference[] {
  const old = parts(before);
  const now = parts(after);
  const paths = [...new Set([...old.keys(), ...now.keys()])].toSorted();
  return paths
    .map((path) => ({ path, before: old.get(path) ?? null, after: now.get(path) ?? null }))
    .filter((part) => part.before !== part.after);
}

/** Path -> what is there. */
function parts(source: RootSpace): ReadonlyMap<string, string> {
  const space = compileSpace(source);
  return new Map(describe(space, space.template, ""));
}

type Part = readonly [path: string, text: string];

function describe(space: CompiledSpace, template: Template, path: string): readonly Part[] {
  const below = (key: string): string => joinPath(path, key);
  switch (template.kind) {
    case "literal":
      return [[path, JSON.stringify(template.value)]];
    case "number":
      return [[path, numberText(space.dimensions[template.dimension]?.distribution)]];
    case "choice": {
      const options = template.options.flatMap((option, index) =>
        describeOption(space, option, below(template.branches[index] ?? "")),
      );
      return [[path, choiceText(space, template)], ...options];
    }
    case "array":
      return [
        [path, `list of ${template.items.length}`],
        ...template.items.flatMap((item, index) => describe(space, item, below(String(index)))),
      ];
    case "object":
      if (template.entries.length === 0) return [[path, "{}"]];
      return template.entries.flatMap(([key, entry]) => describe(space, entry, below(key)));
  }
}

/** A literal option is already in the text of its choice. */
function describeOption(space: CompiledSpace, option: Template, path: string): readonly Part[] {
  return option.kind === "literal" ? [] : describe(space, option, path);
}

function choiceText(space: CompiledSpace, choice: ChoiceTemplate): string {
  const names = choice.options.map((option, index) =>
    option.kind === "literal" ? JSON.stringify(option.value) : (choice.branches[index] ?? ""),
  );
  const distribution = space.dimensions[choice.dimension]?.distribution;
  const weights = distribution?.kind === "pchoice" ? distribution.probabilities : null;
  return weights === null
    ? `choice [${names.join(", ")}]`
    : `pchoice [${names.map((name, index) => `${name}: ${weights[index]}`).join(", ")}]`;
}

function numberText(distribution: Distribution | undefined): string {
  if (distribution === undefined) return "";
  const { kind, ...args } = distribution;
  return `${kind} [${Object.values(args).join(", ")}]`;
}
