import type { CompiledSpace } from "./compile.ts";
import type { Distribution } from "./distribution.ts";
import { firstMultiple, lastMultiple, multiple } from "./grid.ts";

/**
 * How many values a distribution can take, options of probability 0 not counted; Infinity for real-valued and for
 * unbounded ones.
 */
export function countValues(distribution: Distribution): number {
  switch (distribution.kind) {
    case "uniformint":
      return distribution.high - distribution.low + 1;
    case "quniform":
    case "qloguniform":
      return lastMultiple(distribution.high, distribution.q) - firstMultiple(distribution.low, distribution.q) + 1;
    case "randint":
      return distribution.upper - distribution.low;
    case "choice":
      return distribution.count;
    case "pchoice":
      return distribution.probabilities.filter((probability) => probability > 0).length;
    default:
      return Number.POSITIVE_INFINITY;
  }
}

/** The values that `countValues` counts, in their order. @param index from 0 */
export function finiteValue(distribution: Distribution, index: number): number {
  switch (distribution.kind) {
    case "quniform":
    case "qloguniform": {
      const { low, high, q } = distribution;
      return multiple(firstMultiple(low, q) + index, q, low, high);
    }
    case "uniformint":
    case "randint":
      return distribution.low + index;
    case "pchoice":
      return distribution.probabilities.flatMap((each, option) => (each > 0 ? [option] : []))[index] ?? Number.NaN;
    default:
      return index;
  }
}

/** How many configurations a space has, each option of a choice with those of its own branch. */
export function countConfigurations(space: CompiledSpace): number {
  const branches = space.dimensions.map((): Map<number, number> => new Map());
  let total = 1;
  for (let index = space.dimensions.length - 1; index >= 0; index--) {
    const dimension = space.dimensions[index];
    if (dimension === undefined) continue;
    const below = branches[index] ?? new Map<number, number>();
    const count = countWithBranches(dimension.distribution, below);
    const { condition } = dimension;
    if (condition === null) total *= count;
    else {
      const siblings = branches[condition.dimension];
      siblings?.set(condition.option, (siblings.get(condition.option) ?? 1) * count);
    }
  }
  return total;
}

function countWithBranches(distribution: Distribution, branches: ReadonlyMap<number, number>): number {
  let count = countValues(distribution);
  for (const [option, inside] of branches) if (isReachable(distribution, option)) count += inside - 1;
  return count;
}

/** Whether an option of a choice is ever drawn. */
export function isReachable(choice: Distribution, option: number): boolean {
  return choice.kind !== "pchoice" || (choice.probabilities[option] ?? 0) > 0;
}
