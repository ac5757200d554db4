import { nodeKind } from "../space/node.ts";
import { memberOf } from "../space/object.ts";
import { tagOf } from "../space/tag.ts";

/**
 * The keys that lead to a path of a space in the text of the space: `optimizer.sgd.momentum` is at
 * `optimizer, choice, 0, momentum`. It stops where the path leaves the space, and at a key that holds dots, which no space
 * may have.
 *
 * @param space also a wrong one
 * @param path as a SpaceError names it, with branches
 */
export function keysOfPath(space: unknown, path: string): readonly string[] {
  const keys: string[] = [];
  const segments = path === "" ? [] : path.split(".");
  let value = space;
  for (const [at, segment] of segments.entries()) {
    const rest = segments.slice(at).join(".");
    if (nodeKind(value) === null && memberOf(value, rest) !== undefined) return [...keys, rest];
    const step = nodeKind(value) === null ? [segment] : stepIntoNode(value, segment);
    keys.push(...step);
    value = step.reduce<unknown>((inner, key) => memberOf(inner, key), value);
  }
  return keys;
}

/** From a choice to the option that a branch names. */
function stepIntoNode(node: unknown, branch: string): readonly string[] {
  const kind = nodeKind(node) ?? "";
  const list = memberOf(node, kind);
  if (!Array.isArray(list)) return [];
  const options: readonly unknown[] = kind === "pchoice" ? list.map((pair) => memberOf(pair, "1")) : list;
  const tag = tagOf(options);
  const index = tag === null ? branch : String(options.findIndex((option) => String(memberOf(option, tag)) === branch));
  return kind === "pchoice" ? [kind, index, "1"] : [kind, index];
}
