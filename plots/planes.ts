import type { Assignment } from "../src/space/assignment.ts";
import type { DrawnStudy } from "./drawn-study.ts";
import type { ParamAxis } from "./param-axis.ts";

/** What is shown where no params are named. */
const SHOWN = 3;

/** Two params, across and up, that some trial has together. */
export type Plane = readonly [ParamAxis, ParamAxis];

/** @param params paths, of which every two make a plane */
export function planesNamed(
  params: readonly string[],
  axes: readonly ParamAxis[],
  assignments: readonly Assignment[],
): readonly Plane[] {
  return planesOf(named(params, axes), assignments);
}

function named(params: readonly string[], axes: readonly ParamAxis[]): readonly ParamAxis[] {
  return params.flatMap((path) => axes.find((axis) => axis.path === path) ?? []);
}

/** Those of params that matter; without a word on what does, of the first. None of a choice and what depends on it. */
export function mostImportantPlanes(
  { importance, space }: DrawnStudy,
  axes: readonly ParamAxis[],
  assignments: readonly Assignment[],
): readonly Plane[] {
  const ranked = named(importance?.params.map(({ path }) => path) ?? axes.map(({ path }) => path), axes);
  const rank = ([across, up]: Plane): number => ranked.indexOf(across) + ranked.indexOf(up);
  const planes = planesOf(ranked, assignments).filter((plane) => !isNested(space, plane));
  const isFirst = (a: Plane, b: Plane): number => rank(a) - rank(b) || ranked.indexOf(a[1]) - ranked.indexOf(b[1]);
  return planes.toSorted(isFirst).slice(0, SHOWN);
}

/** Every two of them, where a trial has both. */
function planesOf(axes: readonly ParamAxis[], assignments: readonly Assignment[]): readonly Plane[] {
  const pairs = axes.flatMap((across, index) => axes.slice(index + 1).map((up): Plane => [across, up]));
  return pairs.filter(([across, up]) =>
    assignments.some((each) => [across, up].every(({ path }) => Object.hasOwn(each, path))),
  );
}

/** Whether one of the two is there for an option of the other. */
function isNested({ dimensions }: DrawnStudy["space"], [across, up]: Plane): boolean {
  const index = (axis: ParamAxis): number => dimensions.findIndex(({ path }) => path === axis.path);
  const isBelow = (at: number, choice: number): boolean => {
    const condition = dimensions[at]?.condition ?? null;
    return condition !== null && (condition.dimension === choice || isBelow(condition.dimension, choice));
  };
  return isBelow(index(across), index(up)) || isBelow(index(up), index(across));
}
