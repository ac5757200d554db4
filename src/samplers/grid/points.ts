import { didYouMean, ParzenError } from "../../errors.ts";
import type { Assignment } from "../../space/assignment.ts";
import type { CompiledSpace, Condition } from "../../space/compile.ts";
import { isOrdered } from "../../space/distribution.ts";
import { type GridSettings, stepsAt } from "./options.ts";
import { type GridValues, gridValues } from "./values.ts";

/** Every configuration of a grid, by its number; conditional dimensions only below the options that have them. */
export interface GridPoints {
  /** May be beyond any double. */
  readonly size: bigint;
  /** @param index from 0 to `size` - 1 */
  at(index: bigint): Assignment;
}

/** @throws ParzenError OPTION_INVALID where steps are given for what the space has not */
export function gridPoints(space: CompiledSpace, settings: GridSettings): GridPoints {
  checkPaths(space, settings);
  const axes = axesBelow(space, settings, null);
  return {
    size: sizeOf(axes),
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

/** The dimensions that one option of a choice has; with null those that there always are. */
function axesBelow(space: CompiledSpace, settings: GridSettings, under: Condition | null): readonly Axis[] {
  return space.dimensions.flatMap(({ path, distribution, condition }, dimension) => {
    if (condition?.dimension !== under?.dimension || condition?.option !== under?.option) return [];
    const { count, named } = stepsAt(settings, path);
    const values = gridValues(distribution, count, named);
    if (distribution.kind !== "choice" && distribution.kind !== "pchoice") {
      return [{ path, values, branches: [], size: BigInt(values.count) }];
    }
    const branches = Array.from({ length: values.count }, (_, index) => {
      const axes = axesBelow(space, settings, { dimension, option: values.at(index) });
      return { axes, size: sizeOf(axes) };
    });
    return [{ path, values, branches, size: branches.reduce((sum, { size }) => sum + size, 0n) }];
  });
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
