import { type Assignment, isActive } from "./assignment.ts";
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

/**
 * The configuration after `assignment` in the order of a finite space, the first one after the last: a walk over all
 * of them may begin anywhere.
 */
export function nextConfiguration(space: CompiledSpace, assignment: Assignment): Assignment {
  for (let index = space.dimensions.length - 1; index >= 0; index--) {
    const dimension = space.dimensions[index];
    if (dimension === undefined || !isActive(space, dimension, assignment)) continue;
    const next = valueAfter(dimension.distribution, assignment[dimension.path] ?? 0);
    if (next !== null) return restarted(space, assignment, { index, value: next });
  }
  return restarted(space, assignment, { index: -1, value: 0 });
}

/** Keeps what stands before `at.index`, sets that one, and puts everything behind it at its first value. */
function restarted(space: CompiledSpace, from: Assignment, at: { index: number; value: number }): Assignment {
  const values: Record<string, number> = {};
  space.dimensions.forEach((dimension, index) => {
    if (!isActive(space, dimension, values)) return;
    const kept = index === at.index ? at.value : from[dimension.path];
    values[dimension.path] = index <= at.index && kept !== undefined ? kept : firstValue(dimension.distribution);
  });
  return values;
}

function firstValue(distribution: Distribution): number {
  switch (distribution.kind) {
    case "quniform":
    case "qloguniform": {
      const { low, high, q } = distribution;
      return multiple(firstMultiple(low, q), q, low, high);
    }
    case "uniformint":
    case "randint":
      return distribution.low;
    case "pchoice":
      return distribution.probabilities.findIndex((probability) => probability > 0);
    default:
      return 0;
  }
}

/** The smallest value above `value`, or null at the end. */
function valueAfter(distribution: Distribution, value: number): number | null {
  switch (distribution.kind) {
    case "quniform":
    case "qloguniform": {
      const { low, high, q } = distribution;
      const k = Math.round(value / q) + 1;
      return k > lastMultiple(high, q) ? null : multiple(k, q, low, high);
    }
    case "uniformint":
      return value < distribution.high ? value + 1 : null;
    case "randint":
      return value < distribution.upper - 1 ? value + 1 : null;
    case "choice":
      return value < distribution.count - 1 ? value + 1 : null;
    case "pchoice": {
      const next = distribution.probabilities.findIndex((probability, index) => index > value && probability > 0);
      return next < 0 ? null : next;
    }
    default:
      return null;
  }
}
