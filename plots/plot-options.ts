import { show } from "../src/errors.ts";
import { checkNames } from "../src/trial/option-check.ts";
import type { Plottable } from "./drawn-study.ts";
import type { PlotKind } from "./kinds.ts";
import { invalid, meantParam } from "./meant-param.ts";

/** How a figure is to be drawn. */
export interface PlotOptions {
  /** Paths of the params of a contour, two to four, or what is clear of them: `momentum`. Default the three that matter most. */
  readonly params?: readonly string[];
}

const LEAST_PARAMS = 2;
const MOST_PARAMS = 4;

/**
 * The params that a figure is to be of; null where none are named.
 *
 * @throws OPTION_INVALID as `plot` does
 */
export function checkedParams({ space }: Plottable, kind: PlotKind, options: unknown): readonly string[] | null {
  const { params } = checkNames(options, ["params"]);
  if (params === undefined) return null;
  if (kind !== "contour") throw invalid(`${kind} takes no params; only contour does`);
  const given: readonly unknown[] = Array.isArray(params) ? params : [];
  const named = given.filter((each) => typeof each === "string");
  const paths = [...new Set(named.map((name) => meantParam(space, name)))];
  const { length } = paths;
  if (length === given.length && length >= LEAST_PARAMS && length <= MOST_PARAMS) return paths;
  throw invalid(`expected ${LEAST_PARAMS} to ${MOST_PARAMS} different params, received ${show(params)}`);
}
