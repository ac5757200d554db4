import { inverseNormalCdf } from "../numerics/inverse-normal.ts";
import {
  type DiscreteDistribution,
  type Distribution,
  isLogarithmic,
  type NumericDistribution,
  stepOf,
} from "../space/distribution.ts";
import { cellsOf } from "./cells.ts";
import { nearestValue } from "./nearest.ts";
import { optionAt } from "./prior.ts";

/** How models see one dimension. */
export type Coordinate = NumericCoordinate | CategoricalCoordinate;

/** An ordered dimension: its values lie in [0, 1], straight, or straight in the logarithm. */
export interface NumericCoordinate {
  readonly kind: "numeric";
  /** True where the values are those of a grid. */
  readonly grid: boolean;
  /** The width of a normal around the middle that stands for the space; 1 where the space draws evenly. */
  readonly spread: number;
  /** The place below which the space draws with a probability of `unit`. */
  quantile(unit: number): number;
  /** Where a value lies; a grid value in its cell. */
  toUnit(value: number): number;
  /** The value nearest to a place, one that the dimension can take. */
  fromUnit(unit: number): number;
  /** The place of the value nearest to a place. */
  snap(unit: number): number;
  /** The place of the next grid value, null beyond the last one and without a grid. */
  neighbour(unit: number, direction: 1 | -1): number | null;
  /** Both ends of the cell that a grid value owns. */
  cell(unit: number): { readonly from: number; readonly to: number };
}

/** A dimension without order: its values are 0 .. count - 1. */
export interface CategoricalCoordinate {
  readonly kind: "categorical";
  readonly count: number;
  toIndex(value: number): number;
  fromIndex(index: number): number;
  /** How likely the space draws it. */
  probability(index: number): number;
  /** The index whose share of [0, 1) holds `unit`; never one of probability 0. */
  quantile(unit: number): number;
}

export function coordinateOf(distribution: Distribution): Coordinate {
  switch (distribution.kind) {
    case "randint":
    case "choice":
    case "pchoice":
      return categorical(distribution);
    default:
      return numeric(distribution);
  }
}

/** Unbounded values are told apart up to so many standard deviations from the mean. */
const DEVIATIONS = 4;

function numeric(distribution: NumericDistribution): NumericCoordinate {
  const { place, valueAt } = "mu" in distribution ? unbounded(distribution) : bounded(distribution);
  const q = stepOf(distribution);
  const fromUnit = (unit: number): number => nearestValue(distribution, valueAt(unit));
  const cell = (unit: number): { from: number; to: number } => {
    const value = fromUnit(unit);
    return { from: place(value - q / 2), to: place(value + q / 2) };
  };
  const inCell = (value: number): number => (place(value - q / 2) + place(value + q / 2)) / 2;
  const toUnit = q > 0 && "mu" in distribution ? inCell : place;
  const snap = q > 0 ? (unit: number) => toUnit(fromUnit(unit)) : clampUnit;
  return {
    kind: "numeric",
    grid: q > 0,
    spread: "mu" in distribution ? 1 / (2 * DEVIATIONS) : 1,
    quantile: "mu" in distribution ? (unit) => snap(placeOf(inverseNormalCdf(unit))) : snap,
    toUnit,
    fromUnit,
    snap,
    neighbour: (unit, direction) => {
      if (q === 0) return null;
      const value = fromUnit(unit);
      const next = nearestValue(distribution, value + direction * q);
      return next === value ? null : toUnit(next);
    },
    cell,
  };
}

/** From values to [0, 1] and back. */
interface Warp {
  place(value: number): number;
  valueAt(unit: number): number;
}

/** Straight, or straight in the logarithm, from end to end of the outer cells. */
function bounded(distribution: Extract<NumericDistribution, { readonly low: number }>): Warp {
  const log = isLogarithmic(distribution);
  const ends = cellsOf(distribution) ?? distribution;
  const low = log ? Math.log(ends.low) : ends.low;
  const width = (log ? Math.log(ends.high) : ends.high) - low;
  return {
    place: (value) => clampUnit(((log ? Math.log(Math.max(value, ends.low)) : value) - low) / width),
    valueAt: (unit) => (log ? Math.exp(low + unit * width) : low + unit * width),
  };
}

/** By deviations from the mean. */
function unbounded(distribution: Extract<NumericDistribution, { readonly mu: number }>): Warp {
  const { mu, sigma } = distribution;
  const log = isLogarithmic(distribution);
  return {
    place: (value) => placeOf(((log ? Math.log(Math.max(value, 0)) : value) - mu) / sigma),
    valueAt: (unit) => {
      const natural = mu + sigma * (DEVIATIONS * (2 * unit - 1)); // a multiple of sigma may be no number any more
      return log ? Math.exp(natural) : natural;
    },
  };
}

/** The place of a number of deviations. */
function placeOf(deviations: number): number {
  return clampUnit(0.5 + deviations / (2 * DEVIATIONS));
}

function categorical(distribution: DiscreteDistribution): CategoricalCoordinate {
  if (distribution.kind === "pchoice") return weighted(distribution.probabilities);
  const low = distribution.kind === "randint" ? distribution.low : 0;
  const count = distribution.kind === "randint" ? distribution.upper - low : distribution.count;
  return {
    kind: "categorical",
    count,
    toIndex: (value) => value - low,
    fromIndex: (index) => index + low,
    probability: () => 1 / count,
    quantile: (unit) => Math.min(count - 1, Math.floor(unit * count)),
  };
}

function weighted(probabilities: readonly number[]): CategoricalCoordinate {
  return {
    kind: "categorical",
    count: probabilities.length,
    toIndex: (value) => value,
    fromIndex: (index) => index,
    probability: (index) => probabilities[index] ?? 0,
    quantile: (unit) => optionAt(probabilities, unit),
  };
}

function clampUnit(unit: number): number {
  return unit > 0 ? (unit < 1 ? unit : 1) : 0;
}
