import type { RootSpace, Space } from "./node.ts";

/**
 * Canonical JSON of a space: two spaces search the same configurations by the same paths where their fingerprints are
 * equal. The order of keys does not count, that of options does: a choice is held by index.
 */
export function fingerprint(space: RootSpace): string {
  return canonical(space);
}

function canonical(value: Space): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (isList(value)) return `[${value.map(canonical).join(",")}]`;
  const entries = Object.entries(value).map(([key, inner]): [string, Space] => [key, longForm(key, inner as Space)]); // nodes are spaces too, as data
  const sorted = entries.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([key, inner]) => `${JSON.stringify(key)}:${canonical(inner)}`).join(",")}}`;
}

/** `randint: [upper]` says the same as `randint: [0, upper]`. */
function longForm(key: string, value: Space): Space {
  return key === "randint" && isList(value) && value.length === 1 ? [0, ...value] : value;
}

function isList(value: Space): value is readonly Space[] {
  return Array.isArray(value);
}
