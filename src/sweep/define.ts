import { compileSpace } from "../space/compile.ts";
import type { RootSpace } from "../space/node.ts";
import { isObject } from "../space/object.ts";
import { invalid } from "../trial/option-check.ts";
import type { Sweep } from "./sweep.ts";

/**
 * Types a sweep: the params of `objective` and `defaults` are inferred from `space`.
 *
 * @throws OPTION_INVALID for what is no object, SpaceError where the space is wrong, so that it fails where it is written
 */
export function defineSweep<const S extends RootSpace>(sweep: Sweep<S>): Sweep<S> {
  if (!isObject(sweep)) throw invalid("sweep", "an object such as { space, objective }", sweep);
  compileSpace(sweep.space);
  return sweep;
}
