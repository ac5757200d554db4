import { standardNormal } from "../numerics/normal.ts";
import type { Rng } from "../random/stream.ts";
import { type Assignment, isActive } from "../space/assignment.ts";
import type { CompiledSpace, Dimension } from "../space/compile.ts";
import type { Distribution, NumericDistribution } from "../space/distribution.ts";
import { cellsOf } from "./cells.ts";
import { nearestValue } from "./nearest.ts";

/** Draws a configuration from the space alone. */
export function drawConfiguration(space: CompiledSpace, rng: Rng): Assignment {
  return assign(space, ({ distribution }) => drawPrior(distribution, rng));
}

/** Gives every active dimension a value, parents before their children. */
export function assign(
  space: CompiledSpace,
  choose: (dimension: Dimension, index: number, chosen: Assignment) => number,
): Assignment {
  const values: Record<string, number> = {};
  for (let index = 0; index < space.dimensions.length; index++) {
    const dimension = space.dimensions[index];
    if (dimension === undefined || !isActive(space, dimension, values)) continue;
    values[dimension.path] = choose(dimension, index, values);
  }
  return values;
}

/**
 * Draws one value of a distribution.
 *
 * Quantized kinds are fair: grid values of a `quniform` or `uniformint` are equally likely, one of a `qloguniform` has
 * a mass in proportion to ln((x + q/2) / (x - q/2)).
 */
export function drawPrior(distribution: Distribution, rng: Rng): number {
  switch (distribution.kind) {
    case "randint":
      return drawInteger(distribution.low, distribution.upper, rng);
    case "choice":
      return drawInteger(0, distribution.count, rng);
    case "pchoice":
      return drawOption(distribution.probabilities, rng);
    default:
      return nearestValue(distribution, drawReal(distribution, rng));
  }
}

function drawReal(distribution: NumericDistribution, rng: Rng): number {
  switch (distribution.kind) {
    case "uniform":
    case "uniformint":
    case "quniform": {
      const { low, high } = cellsOf(distribution) ?? distribution;
      return low + rng.next() * (high - low);
    }
    case "loguniform":
    case "qloguniform": {
      const { low, high } = cellsOf(distribution) ?? distribution;
      return Math.exp(Math.log(low) + rng.next() * (Math.log(high) - Math.log(low)));
    }
    case "normal":
    case "qnormal":
      return distribution.mu + distribution.sigma * standardNormal(rng);
    case "lognormal":
    case "qlognormal":
      return Math.exp(distribution.mu + distribution.sigma * standardNormal(rng));
  }
}

function drawInteger(low: number, upper: number, rng: Rng): number {
  return low + Math.floor(rng.next() * (upper - low));
}

/** The index of an option; never one of probability 0. */
function drawOption(probabilities: readonly number[], rng: Rng): number {
  let left = rng.next();
  let drawn = 0;
  for (let option = 0; option < probabilities.length; option++) {
    const probability = probabilities[option] ?? 0;
    if (probability <= 0) continue;
    drawn = option;
    left -= probability;
    if (left < 0) break;
  }
  return drawn;
}
