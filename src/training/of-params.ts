import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";

/** A value, or a function that gives it for the params of a trial. */
export type OfParams<S extends RootSpace, T> = T | ((params: ParamsOf<NoInfer<S>>) => T);

/** The value for these params. */
export function valueFor<S extends RootSpace, T>(setting: OfParams<S, T>, params: ParamsOf<S>): T {
  // No setting is itself a function, so a function is the form that takes params.
  return typeof setting === "function" ? (setting as (params: ParamsOf<S>) => T)(params) : setting;
}
