/** True only for the same type, down to `readonly`, optional and `any`. */
export type Equals<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;

/** Compiles only where `T` is true: `exact<Equals<A, B>>()`. */
export function exact<T extends true>(): T | undefined {
  return undefined;
}
