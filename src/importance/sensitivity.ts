import { scrambledSobol } from "../numerics/sobol.ts";
import type { AllowedPoint } from "../samplers/allowed.ts";
import type { Point, PointSpace } from "../samplers/points.ts";

/** How much of the variance of a function of the space comes with one dimension. */
export interface Sensitivity {
  /** With others or by itself: what the function changes where this dimension alone is drawn anew. */
  readonly total: number;
  /** By itself: what two points have in common that agree in this dimension alone. At most `total`, also as estimated. */
  readonly alone: number;
}

/** Evaluations at most, and pairs of points at least and at most; powers of two, of which a Sobol sequence is even. */
const MOST_EVALUATIONS = 32_768;
const LEAST_PAIRS = 64;
const MOST_PAIRS = 1024;
/** Pairs that are drawn for each that relations have to allow. */
const DRAWS = 16;
/** Any: the same function has the same sensitivities. */
const SEED = 0x5eed;

/**
 * The sensitivities of a function to each dimension, when all are drawn from the space.
 *
 * What depends on a choice counts where it is active, and a choice with all that becomes active with it. Points that
 * relations forbid are left out.
 *
 * @returns of a function that is constant, zeros
 * @source Saltelli et al. 2010, "Variance based sensitivity analysis of model output" (Computer Physics Communications
 * 181), table 2: the estimators of Jansen
 */
export function sensitivitiesOf(
  points: PointSpace,
  value: (point: Point) => number,
  isAllowed: AllowedPoint | null,
): readonly Sensitivity[] {
  const pairs = drawPairs(points, isAllowed);
  const firsts = pairs.map(([first]) => value(points.quantile(first)));
  const seconds = pairs.map(([, second]) => value(points.quantile(second)));
  const variance = varianceOf([...firsts, ...seconds]);
  return points.coordinates.map((_, dimension) => {
    const [fromFirst, fromSecond] = [new Distance(), new Distance()];
    pairs.forEach(([first, second], pair) => {
      const point = points.quantile(exchanged(first, second, dimension));
      if (isAllowed?.(point) === false) return;
      const there = value(point);
      fromFirst.add(there, firsts[pair] as number); // one a pair
      fromSecond.add(there, seconds[pair] as number); // likewise
    });
    if (!(variance > 0)) return { total: 0, alone: 0 };
    const total = fromFirst.mean / variance;
    return { total, alone: Math.max(0, Math.min(total, 1 - fromSecond.mean / variance)) };
  });
}

/** Quantiles of a point by dimension, those of what is not active among them. */
type Units = Float64Array;

function drawPairs(points: PointSpace, isAllowed: AllowedPoint | null): readonly (readonly [Units, Units])[] {
  const { size } = points;
  const affordable = 2 ** Math.floor(Math.log2(MOST_EVALUATIONS / (size + 2)));
  const wanted = Math.min(MOST_PAIRS, Math.max(LEAST_PAIRS, affordable));
  const pairs: (readonly [Units, Units])[] = [];
  for (let index = 0; pairs.length < wanted && index < DRAWS * wanted; index++) {
    const pair = [unitsAt(index, 0, size), unitsAt(index, size, size)] as const;
    if (isAllowed === null || pair.every((units) => isAllowed(points.quantile(units)))) pairs.push(pair);
  }
  return pairs;
}

function unitsAt(index: number, from: number, size: number): Units {
  return Float64Array.from({ length: size }, (_, at) => scrambledSobol({ index, dimension: from + at }, SEED));
}

/** The first, with one dimension of the second. */
function exchanged(first: Units, second: Units, dimension: number): Units {
  const units = Float64Array.from(first);
  units[dimension] = second[dimension] as number; // as long as the first
  return units;
}

/** Half of the mean squared difference: the variance, between values that have nothing in common. */
class Distance {
  #sum = 0;
  #count = 0;

  add(one: number, other: number): void {
    this.#sum += (one - other) ** 2 / 2;
    this.#count++;
  }

  get mean(): number {
    return this.#count === 0 ? 0 : this.#sum / this.#count;
  }
}

function varianceOf(values: readonly number[]): number {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
}
