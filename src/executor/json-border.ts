/*
 * What JSON must be to cross a border between processes. Whoever reads it looks keys up in objects, where `__proto__` is
 * always found, and walks down into it, so it may not be endlessly deep.
 */

/** Why a value that was read from JSON is not let over a border; null where it is. */
export function borderFault(value: unknown, maxDepth: number, depth = 1): string | null {
  if (typeof value !== "object" || value === null) return null;
  if (depth > maxDepth) return `nested more than ${maxDepth} deep`;
  if (Object.hasOwn(value, "__proto__")) return "a key __proto__";
  for (const inner of Object.values(value)) {
    const fault = borderFault(inner, maxDepth, depth + 1);
    if (fault !== null) return fault;
  }
  return null;
}
