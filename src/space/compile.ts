import { didYouMean, SpaceError } from "../errors.ts";
import type { Distribution } from "./distribution.ts";
import { fingerprint } from "./fingerprint.ts";
import { isLiteral, isNodeKind, NODE_KINDS, nodeKind, type RootSpace, type Space, type SpaceNode } from "./node.ts";
import { distributionOf } from "./node-distribution.ts";
import { isObject, isPlainObject } from "./object.ts";
import { joinPath } from "./path.ts";
import { tagOf } from "./tag.ts";
import type { Template } from "./template.ts";

/** One coordinate of a flattened space. */
export interface Dimension {
  /** Dotted path from the root, e.g. `optimizer.sgd.momentum`; unique within the space. */
  readonly path: string;
  readonly distribution: Distribution;
  /** The choice and option under which the dimension exists; null where it always does. */
  readonly condition: Condition | null;
}

/** The option of a choice under which something is active. */
export interface Condition {
  /** Index of the choice in `dimensions`; always smaller than that of the dimension it governs. */
  readonly dimension: number;
  readonly option: number;
}

/** A checked space, flattened; made by `compileSpace` alone. */
export interface CompiledSpace {
  readonly source: RootSpace;
  readonly template: Template;
  /** Parents before their children; otherwise by key, so the order in which a user wrote the keys changes nothing. */
  readonly dimensions: readonly Dimension[];
}

/** The argument may come from a caller without types. @throws SpaceError for what `compileSpace` did not make */
export function checkCompiled(space: unknown): void {
  if (!isCompiled(space)) throw new SpaceError("", "a space of compileSpace(space)", space);
}

/** Whether a value is what `compileSpace` makes, be it that of another copy of the package. */
export function isCompiled(space: unknown): boolean {
  const { template, dimensions } = isObject(space) ? space : {};
  return isObject(template) && Array.isArray(dimensions);
}

/** @param index as a template or a condition names it */
export function dimensionAt(space: CompiledSpace, index: number): Dimension {
  const dimension = space.dimensions[index];
  if (dimension === undefined) throw new RangeError(`the space has no dimension ${index}`);
  return dimension;
}

/** Deepest nesting of objects, arrays and choices. */
const MAX_DEPTH = 32;

/**
 * Checks a space and flattens it into a table of dimensions.
 *
 * @param space also one that was read from JSON or YAML: everything is checked
 * @throws SpaceError naming path, expected and received
 */
export function compileSpace(space: unknown): CompiledSpace {
  if (!isPlainObject(space) || nodeKind(space) !== null) {
    throw new SpaceError("", "an object of named params such as { x: hp.uniform(0, 1) }", space);
  }
  const dimensions: Dimension[] = [];
  const template = compile(space, { path: "", depth: 0, condition: null, dimensions });
  if (dimensions.length === 0) throw new SpaceError("", "at least one hp node such as { uniform: [0, 1] }", space);
  const source = space as RootSpace; // checked on the way
  return Object.freeze({ source, template, dimensions: Object.freeze(dimensions) });
}

interface Place {
  readonly path: string;
  readonly depth: number;
  readonly condition: Condition | null;
  readonly dimensions: Dimension[];
}

function compile(value: unknown, at: Place): Template {
  if (at.depth > MAX_DEPTH) throw new SpaceError(at.path, `at most ${MAX_DEPTH} levels of nesting`, "more");
  if (isLiteral(value)) return { kind: "literal", value };
  if (Array.isArray(value)) {
    return { kind: "array", items: Array.from(value, (item, index) => compile(item, below(at, String(index)))) };
  }
  if (!isPlainObject(value))
    throw new SpaceError(at.path, "an object, list, finite number, string, boolean, null or node", value);
  return nodeKind(value) === null ? compileObject(value, at) : compileNode(value as unknown as SpaceNode, at); // its kind is known; its arguments are checked there
}

function compileObject(object: Record<string, unknown>, at: Place): Template {
  const keys = Object.keys(object);
  for (const key of keys) checkKey(key, object, at);
  const byKey = keys
    .map((key, place) => ({ key, place }))
    .sort((left, right) => (left.key < right.key ? -1 : 1))
    .map(({ key, place }) => ({ key, place, template: compile(object[key], below(at, key)) }));
  const asWritten = byKey.sort((left, right) => left.place - right.place);
  return { kind: "object", entries: asWritten.map(({ key, template }) => [key, template]) };
}

function compileNode(node: SpaceNode, at: Place): Template {
  const distribution = distributionOf(node, at.path);
  const dimension = at.dimensions.push({ path: at.path, distribution, condition: at.condition }) - 1;
  if (distribution.kind !== "choice" && distribution.kind !== "pchoice") return { kind: "number", dimension };
  const options = optionsOf(node);
  const tag = tagOf(options);
  const branches = options.map((option, index) => {
    return tag === null ? String(index) : String((option as { readonly [key: string]: Space })[tag]); // a key of them all
  });
  const compiled = options.map((option, index) =>
    compile(option, { ...below(at, branches[index] ?? ""), condition: { dimension, option: index } }),
  );
  checkDistinct(distribution.kind, options, at.path);
  return { kind: "choice", dimension, tag, branches, options: compiled };
}

/** Empty for a node that is no choice. What a list leaves out is undefined, and refused as that. */
function optionsOf(node: SpaceNode): readonly Space[] {
  if ("choice" in node) return Array.from(node.choice);
  return "pchoice" in node ? node.pchoice.map(([, option]) => option) : [];
}

function checkDistinct(kind: "choice" | "pchoice", options: readonly Space[], path: string): void {
  const seen = new Map<string, number>();
  for (const [index, option] of options.entries()) {
    const text = fingerprint(option);
    const earlier = seen.get(text);
    seen.set(text, index);
    if (earlier === undefined) continue;
    const hint = kind === "choice" ? "Weigh options with pchoice." : "Give one of them the sum of the probabilities.";
    throw new SpaceError(path, `options that differ (${earlier} and ${index} are the same)`, option, hint);
  }
}

function checkKey(key: string, object: Record<string, unknown>, at: Place): void {
  const path = joinPath(at.path, key);
  if (key === "" || key.includes(".")) throw new SpaceError(path, "a key without dots that is not empty", key);
  if (key === "__proto__") throw new SpaceError(path, "a key other than __proto__", key);
  if (isNodeKind(key)) throw new SpaceError(path, `"${key}" alone in its object, as a node`, Object.keys(object));
  const meant = didYouMean(key, NODE_KINDS);
  if (meant !== "" && Object.keys(object).length === 1 && Array.isArray(object[key])) {
    throw new SpaceError(at.path, `a known kind of node${meant}`, key);
  }
}

function below(at: Place, key: string): Place {
  return { ...at, path: joinPath(at.path, key), depth: at.depth + 1 };
}
