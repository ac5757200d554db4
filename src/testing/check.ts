/** One law of a port; `run` throws where an implementation breaks it. */
export interface Check<T> {
  readonly name: string;
  /** Whether an implementation may be excused from it, as its contract says. */
  readonly isExcusable?: boolean;
  /** @param make gives a fresh instance at every call, all of them alike */
  run(make: () => T): void;
}

/** Freezes a value and all that is in it, so that whoever changes it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const inner of Object.values(value)) deepFreeze(inner);
  return value;
}
