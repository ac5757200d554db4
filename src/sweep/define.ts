import { compileSpace } from "../space/compile.ts";
import type { RootSpace } from "../space/node.ts";
import type { Sweep } from "./sweep.ts";

/**
 * Types a sweep: the params of `objective` and `defaults` are inferred from `space`.
 *
 * @throws SpaceError where the space is wrong, so that it fails where it is written
 */
export function defineSweep<const S extends RootSpace>(sweep: Sweep<S>): Sweep<S> {
  compileSpace(sweep.space);
  return sweep;
}
