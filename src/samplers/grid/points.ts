import { didYouMean, ParzenError } from "../../errors.ts";
import type { Assignment } from "../../space/assignment.ts";
import type { CompiledSpace, Condition, Dimension } from "../../space/compile.ts";
import { isOrdered } from "../../space/distribution.ts";
import { type GridSettings, stepsAt } from "./options.ts";
import { type GridValues, gridValues } from "./values.ts";

/** Every configuration of a grid, by its number; conditional dimensions only below the options that have them. */
export interface GridPoints {
  /** May be beyond any double. */
  readonly size: bigint;
  /** Steps of this length come to every number, and spread evenly from the start. */
  readonly stride: bigint;
  /** @param index from 0 to `size` - 1 */
  at(index: bigint): Assignment;
}

/** @throws ParzenError OPTION_INVALID where steps are given for what the space has not */
export function gridPoints(space: CompiledSpace, settings: GridSettings): GridPoints {
  checkPaths(space, settings);
  const axes = axesBelow(childrenOf(space), settings, null);
  const size = sizeOf(axes);
  return {
    size,
    stride: strideOf(size),
    at: (index) => {
      const values: Record<string, number> = {};
      fill(axes, index, values);
      return values;
    },
  };
}

/** One dimension of a grid. */
interface Axis {
  readonly path: string;
  readonly values: GridValues;
  /** For a choice, by the index of its value, the dimensions that exist only there. */
  readonly branches: readonly Branch[];
  /** Configurations of the dimension and what is below it. */
  readonly size: bigint;
}

interface Branch {
  readonly axes: readonly Axis[];
  readonly size: bigint;
}

/** The dimensions of a space by what they depend on, in their order. */
type Children = ReadonlyMap<string, readonly Child[]>;

interface Child {
  readonly index: number;
  readonly dimension: Dimension;
}

function childrenOf({ dimensions }: CompiledSpace): Children {
  const children = new Map<string, Child[]>();
  for (const [index, dimension] of dimensions.entries()) {
    const key = keyOf(dimension.condition);
    const siblings = children.get(key);
    if (siblings === undefined) children.set(key, [{ index, dimension }]);
    else siblings.push({ index, dimension });
  }
  return children;
}

function keyOf(condition: Condition | null): string {
  return condition === null ? "" : `${condition.dimension}:${condition.option}`;
}

/** The dimensions that one option of a choice has; with null those that there always are. */
function axesBelow(children: Children, settings: GridSettings, under: Condition | null): readonly Axis[] {
  return (children.get(keyOf(under)) ?? []).map(({ index: dimension, dimension: { path, distribution } }) => {
    const { count, named } = stepsAt(settings, path);
    const values = gridValues(distribution, count, named);
    if (distribution.kind !== "choice" && distribution.kind !== "pchoice") {
      return { path, values, branches: [], size: BigInt(values.count) };
    }
    const branches = Array.from({ length: values.count }, (_, index) => {
      const axes = axesBelow(children, settings, { dimension, option: values.at(index) });
      return { axes, size: sizeOf(axes) };
    });
    return { path, values, branches, size: branches.reduce((sum, { size }) => sum + size, 0n) };
  });
}

/** About 0.618 of the size and prime to it. */
function strideOf(size: bigint): bigint {
  let stride = (size * 618_034n) / 1_000_000n;
  while (greatestDivisor(stride, size) !== 1n) stride++;
  return stride;
}

function greatestDivisor(a: bigint, b: bigint): bigint {
  let [greater, less] = [a, b];
  while (less !== 0n) [greater, less] = [less, greater % less];
  return greater;
}

function sizeOf(axes: readonly Axis[]): bigint {
  return axes.reduce((product, { size }) => product * size, 1n);
}

/** Writes down the configuration of a number: a digit for each axis, the first one the least. */
function fill(axes: readonly Axis[], index: bigint, chosen: Record<string, number>): void {
  let rest = index;
  for (const axis of axes) {
    fillAxis(axis, rest % axis.size, chosen);
    rest /= axis.size;
  }
}

function fillAxis({ path, values, branches }: Axis, digit: bigint, chosen: Record<string, number>): void {
  let rest = digit;
  for (const [index, { axes, size }] of branches.entries()) {
    if (rest < size) {
      chosen[path] = values.at(index);
      fill(axes, rest, chosen);
      return;
    }
    rest -= size;
  }
  chosen[path] = values.at(Number(rest));
}

function checkPaths({ dimensions }: CompiledSpace, { steps }: GridSettings): void {
  if (typeof steps === "number") return;
  const paths = dimensions.map(({ path }) => path);
  for (const path of Object.keys(steps)) {
    const dimension = dimensions.find((each) => each.path === path);
    if (dimension === undefined) {
      throw new ParzenError("OPTION_INVALID", `grid steps: the space has no "${path}"${didYouMean(path, paths)}`, {
        hint: `Its params are ${paths.join(", ")}.`,
      });
    }
    if (isOrdered(dimension.distribution)) continue;
    throw new ParzenError("OPTION_INVALID", `grid steps: the values of "${path}" have no order to take steps in`, {
      hint: "All of them are tried; leave it out.",
    });
  }
}
