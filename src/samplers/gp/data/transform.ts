import { inverseNormalCdf } from "../../../numerics/inverse-normal.ts";
import { ascending } from "../../../numerics/order.ts";
import { DOUBT, type Doubts } from "./doubt.ts";

/** How losses are bent before a model sees them. */
export type Transform = "drawn-in" | "wide" | "half-rank" | "whole";

/** What a model is told of losses. */
export interface Targets {
  /** Standardized losses: mean 0 and deviation 1 over those that are finite; the worst of them for the others. */
  readonly targets: Float64Array;
  /** By target. */
  readonly doubts: Doubts;
}

/**
 * Losses bent until they fit a model.
 *
 * `drawn-in` and `wide` keep their distances up to a limit above the median, and draw in to it what lies beyond: with
 * `wide` outliers alone. `whole` keeps all distances. `half-rank` keeps those of the better half alone: a worse loss counts by its
 * rank, so that however bad some are, they take nothing from the differences among the good.
 *
 * @param losses NaN and Infinity, for trials that failed, count as the worst; at least one is finite
 */
export function transformLosses(losses: Float64Array, transform: Transform): Targets {
  const known = losses.filter(Number.isFinite).map((loss) => Math.min(LARGEST, Math.max(-LARGEST, loss)));
  const order = ascending(known);
  const limit = worstInProportion(known, order);
  if (transform === "half-rank") rankWorse(known, order);
  else drawIn(known, order, REACH[transform]);
  const bent = standardize(known);
  const worst = bent.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY);
  let next = 0;
  return {
    targets: losses.map((loss) => (Number.isFinite(loss) ? (bent[next++] as number) : worst)), // one for each of them
    doubts: Uint8Array.from(losses, (loss) => (Number.isFinite(loss) && loss <= limit ? DOUBT.none : DOUBT.failed)),
  };
}

/** Losses beyond this are not told apart, so that no sum overflows. */
const LARGEST = 1e306;

/** In the worse half, a loss more than this many times as far from the best as the one before, and all beyond it. */
const OUT_OF_PROPORTION = 100;

/** Infinity where all are. */
function worstInProportion(values: Float64Array, order: Int32Array): number {
  const lossAt = (rank: number): number => values[order[rank] ?? 0] ?? 0;
  const best = lossAt(0);
  for (let rank = Math.max(1, order.length >> 1); rank < order.length; rank++) {
    const distance = lossAt(rank - 1) - best;
    if (distance > 0 && lossAt(rank) - best > OUT_OF_PROPORTION * distance) return lossAt(rank - 1);
  }
  return Number.POSITIVE_INFINITY;
}

/**
 * Losses farther above the median than this many times the better half's spread are drawn in to there. Measured:
 * docs/search-experiments.md.
 */
const REACH = { "drawn-in": 4, wide: 20, whole: Number.POSITIVE_INFINITY } as const;

function drawIn(values: Float64Array, order: Int32Array, reach: number): void {
  const { median, spread } = betterHalf(values, order);
  if (spread === 0) return;
  const limit = median + reach * spread;
  for (let i = 0; i < values.length; i++) if ((values[i] as number) > limit) values[i] = limit;
}

function rankWorse(values: Float64Array, order: Int32Array): void {
  const n = values.length;
  const { median, spread } = betterHalf(values, order);
  const scale = spread || Math.abs(median) || 1;
  for (let rank = (n >> 1) + 1; rank < n; rank++) {
    values[order[rank] as number] = median + scale * inverseNormalCdf((rank + 0.5) / n);
  }
}

/** The median, and the root mean square of the distances to it from below. */
function betterHalf(values: Float64Array, order: Int32Array): { readonly median: number; readonly spread: number } {
  const median = values[order[values.length >> 1] ?? 0] ?? 0;
  const widest = median - (values[order[0] ?? 0] ?? 0);
  if (!(widest > 0)) return { median, spread: 0 };
  let sum = 0;
  let count = 0;
  for (const value of values) {
    if (value > median) continue;
    sum += ((median - value) / widest) ** 2;
    count++;
  }
  return { median, spread: widest * Math.sqrt(sum / count) };
}

/** Put into [0, 1] first, where squares neither overflow nor vanish. */
function standardize(values: Float64Array): Float64Array {
  const least = values.reduce((low, value) => Math.min(low, value), Number.POSITIVE_INFINITY);
  const range = values.reduce((high, value) => Math.max(high, value), Number.NEGATIVE_INFINITY) - least;
  if (!(range > 0)) return new Float64Array(values.length);
  const inside = values.map((value) => (value - least) / range);
  const mean = inside.reduce((sum, value) => sum + value, 0) / inside.length;
  const variance = inside.reduce((sum, value) => sum + (value - mean) ** 2, 0) / inside.length;
  return inside.map((value) => (value - mean) / Math.sqrt(variance));
}
