import { inverseNormalCdf } from "../numerics/inverse-normal.ts";
import { standardNormal } from "../numerics/normal.ts";
import type { Rng } from "../random/stream.ts";
import { type Assignment, isActive } from "../space/assignment.ts";
import type { CompiledSpace, Dimension } from "../space/compile.ts";
import { type Distribution, isLogarithmic, type NumericDistribution } from "../space/distribution.ts";
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
  return "mu" in distribution
    ? nearestValue(distribution, normalValue(distribution, standardNormal(rng)))
    : priorQuantile(distribution, rng.next());
}

/** The value below which a share `unit` of a distribution lies, 0 < unit < 1; for options, the one that holds it. */
export function priorQuantile(distribution: Distribution, unit: number): number {
  switch (distribution.kind) {
    case "randint":
      return distribution.low + Math.floor(unit * (distribution.upper - distribution.low));
    case "choice":
      return Math.floor(unit * distribution.count);
    case "pchoice":
      return optionAt(distribution.probabilities, unit);
    default:
      return nearestValue(distribution, realQuantile(distribution, unit));
  }
}

function realQuantile(distribution: NumericDistribution, unit: number): number {
  if ("mu" in distribution) return normalValue(distribution, inverseNormalCdf(unit));
  const { low, high } = cellsOf(distribution) ?? distribution;
  return isLogarithmic(distribution)
    ? Math.exp(Math.log(low) + unit * (Math.log(high) - Math.log(low)))
    : low + unit * (high - low);
}

function normalValue(distribution: NormalDistribution, z: number): number {
  const draw = distribution.mu + distribution.sigma * z;
  return isLogarithmic(distribution) ? Math.exp(draw) : draw;
}

type NormalDistribution = Extract<NumericDistribution, { readonly mu: number }>;

/** The index of the option whose share of [0, 1) holds `unit`; never one of probability 0. */
export function optionAt(probabilities: readonly number[], unit: number): number {
  let left = unit;
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
