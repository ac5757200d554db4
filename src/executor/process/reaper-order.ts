import { isObject } from "../../space/object.ts";
import { isTree, type ProcessTree } from "./process-tree.ts";

/** A line of the reaper's standard input: a tree as it now is, the id of one that is gone, or a directory to remove in the end. */
export type ReaperOrder = { readonly watch: ProcessTree } | { readonly forget: string } | { readonly clear: string };

/** Null for what is no order: the reaper kills and removes what it is told to, so nothing is guessed. */
export function parseOrder(line: string): ReaperOrder | null {
  let order: unknown;
  try {
    order = JSON.parse(line);
  } catch {
    return null; // a line whose writer was killed within it
  }
  if (!isObject(order)) return null;
  const { watch, forget, clear } = order;
  if (isTree(watch)) return { watch };
  if (typeof forget === "string") return { forget };
  return typeof clear === "string" ? { clear } : null;
}
