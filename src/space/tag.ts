import { isLiteral, nodeKind } from "./node.ts";
import { isPlainObject } from "./object.ts";

/** The key that names the branches of a choice: its literals differ over all options. `type`, `kind` and `name` are tried first. */
export function tagOf(options: readonly unknown[]): string | null {
  const first = options[0];
  if (!isPlainObject(first) || nodeKind(first) !== null) return null;
  const keys = ["type", "kind", "name", ...Object.keys(first).toSorted()];
  return keys.find((key) => namesEveryOption(key, options)) ?? null;
}

function namesEveryOption(key: string, options: readonly unknown[]): boolean {
  const names = options.map((option) =>
    isPlainObject(option) && Object.hasOwn(option, key) ? option[key] : undefined,
  );
  const usable = names.every((name) => isLiteral(name) && String(name) !== "" && !String(name).includes("."));
  return usable && new Set(names.map(String)).size === options.length;
}
