/** Whether a value has keys: what is no list, and not null. */
export function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** The same of one whose keys are its own: all else, a Map or a Promise, would be taken for an object of none. */
export function isKeyed(value: unknown): value is { readonly [key: string]: unknown } {
  return isObject(value) && (Object.keys(value).length > 0 || isPlainObject(value));
}

/** Whether a value is an object of no class, be it of another realm. */
export function isPlainObject(value: unknown): value is Record<string, unknown> {
  if (!isObject(value)) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** What an object or list has of its own under a key; undefined for anything else. */
export function memberOf(value: unknown, key: string): unknown {
  if (typeof value !== "object" || value === null || !Object.hasOwn(value, key)) return undefined;
  return (value as Record<string, unknown>)[key]; // it has the key
}
