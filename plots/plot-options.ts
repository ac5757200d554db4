import { didYouMean, ParzenError, show } from "../src/errors.ts";
import { checkNames } from "../src/trial/option-check.ts";
import type { Plottable } from "./drawn-study.ts";
import type { PlotKind } from "./kinds.ts";

/** How a figure is to be drawn. */
export interface PlotOptions {
  /** Paths of the params of a contour, two to four. Default the three that matter most. */
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
  const paths = space.dimensions.map(({ path }) => path);
  const unknown = named.find((path) => !paths.includes(path));
  if (unknown !== undefined) {
    throw invalid(`the space has no param "${unknown}"${didYouMean(unknown, paths)}`, `Params: ${paths.join(", ")}`);
  }
  const { size } = new Set(named);
  if (size === given.length && size >= LEAST_PARAMS && size <= MOST_PARAMS) return named;
  throw invalid(`expected ${LEAST_PARAMS} to ${MOST_PARAMS} different params, received ${show(params)}`);
}

function invalid(what: string, hint?: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `plot: ${what}`, hint === undefined ? {} : { hint });
}
