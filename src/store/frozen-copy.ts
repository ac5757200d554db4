/**
 * A copy of plain data that nobody can change: what enters a store by reference must not change with its sender, and
 * what leaves it must not change the store. A frozen object of nothing but primitives cannot change: it is its own copy.
 *
 * @param value JSON, in which numbers may also be NaN or infinite
 */
export function frozenCopy<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  // A copy of plain data has the type of what it copies; the compiler cannot follow the walk over its keys.
  return copyObject(value) as T;
}

function copyObject(value: object): object {
  if (Array.isArray(value)) return Object.freeze(value.map(frozenCopy));
  const source = value as Readonly<Record<string, unknown>>;
  if (Object.isFrozen(source) && isFlat(source)) return source;
  const copy: Record<string, unknown> = {};
  for (const key of Object.keys(source)) {
    const inner = source[key];
    if (inner === undefined) continue;
    if (key === "__proto__") Object.defineProperty(copy, key, { value: frozenCopy(inner), enumerable: true });
    else copy[key] = frozenCopy(inner);
  }
  return Object.freeze(copy);
}

function isFlat(source: Readonly<Record<string, unknown>>): boolean {
  for (const key of Object.keys(source)) {
    const value = source[key];
    if (typeof value === "object" && value !== null) return false;
  }
  return true;
}
