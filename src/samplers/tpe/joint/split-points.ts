import { lowest } from "../../../numerics/order.ts";
import type { Point } from "../../points.ts";
import type { WeightedPoints } from "./mixture.ts";
import type { Tried } from "./tried-points.ts";

/** The best tenth of the trials is modelled as good, this many at most. */
const SHARE_BELOW = 0.1;
const MOST_BELOW = 25;

/** Least weight of a good trial, beside one of 1. */
const LEAST_WEIGHT = 1e-12;

/** Of a long history so many of the rest are modelled, the newest always. */
const MOST_REST = 200;
const NEWEST = 25;

/** Good trials and the rest. */
export interface SplitPoints {
  readonly good: WeightedPoints;
  readonly rest: WeightedPoints;
}

/**
 * Splits trials into good ones and the rest. A good one weighs as much as it is better than the best of the rest; of the
 * rest all weigh alike, pending and failed ones among them.
 *
 * @returns null while no trial has a loss
 * @source Watanabe 2023, "Tree-structured Parzen estimator: understanding its algorithm components" (arXiv 2304.11127),
 * the weights by expected improvement
 */
export function splitPoints({ points, losses, pending }: Omit<Tried, "estimated">): SplitPoints | null {
  const known = losses.map((loss) => (Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss));
  const wanted = Math.min(MOST_BELOW, Math.max(1, Math.ceil(SHARE_BELOW * known.length)));
  const ranked = lowest(known, wanted + 1);
  const best = ranked.slice(0, wanted).filter((trial) => (known[trial] ?? 0) < Number.POSITIVE_INFINITY);
  if (best.length === 0) return null;
  const isBest = new Set(best);
  const good = best.toSorted((left, right) => left - right);
  const weights = improvements(
    good.map((trial) => known[trial] ?? 0),
    known[ranked[best.length] ?? -1] ?? Number.POSITIVE_INFINITY,
  );
  const rest = [...thinned(points.filter((_, trial) => !isBest.has(trial))), ...pending];
  return {
    good: {
      points: good.map((trial) => points[trial] as Point), // indices of points
      weights,
      prior: weights.reduce((sum, weight) => sum + weight, 0) / weights.length,
    },
    rest: { points: rest, weights: rest.map(() => 1), prior: 1 },
  };
}

function thinned(points: readonly Point[]): readonly Point[] {
  if (points.length <= MOST_REST) return points;
  const older = points.length - NEWEST;
  const step = older / (MOST_REST - NEWEST);
  const spread = Array.from({ length: MOST_REST - NEWEST }, (_, place) => points[Math.floor(place * step)] as Point); // below older
  return [...spread, ...points.slice(older)];
}

function improvements(losses: readonly number[], threshold: number): readonly number[] {
  const most = threshold - Math.min(...losses);
  if (!(most > 0 && most < Number.POSITIVE_INFINITY)) return losses.map(() => 1);
  return losses.map((loss) => Math.max(LEAST_WEIGHT, (threshold - loss) / most));
}
