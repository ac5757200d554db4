import type { Space } from "./node.ts";

/**
 * Canonical JSON of a space: two spaces search the same configurations by the same paths where their fingerprints are
 * equal. The order of keys does not count, that of options does: a choice is held by index.
 */
export function fingerprint(space: Space): string {
  if (typeof space !== "object" || space === null) return JSON.stringify(space);
  if (isList(space)) return `[${space.map(fingerprint).join(",")}]`;
  const entries = Object.entries(space as { readonly [key: string]: Space }); // a node's arguments are lists of spaces
  const sorted = entries.toSorted(([left], [right]) => (left < right ? -1 : 1));
  return `{${sorted.map(([key, value]) => `${JSON.stringify(key)}:${fingerprint(longForm(key, value))}`).join(",")}}`;
}

/** `randint: [upper]` says the same as `randint: [0, upper]`. */
function longForm(key: string, value: Space): Space {
  return key === "randint" && isList(value) && value.length === 1 ? [0, ...value] : value;
}

function isList(value: Space): value is readonly Space[] {
  return Array.isArray(value);
}
