import type { PointSpace } from "./points.ts";

/** In a cube of this many dimensions a design may reach the edges. Measured: docs/search-experiments.md. */
const REACHED = 1.3;

/**
 * A place of a design with its ordered dimensions drawn in toward the middle, to √(1.3 / d) of their distance, d being
 * those that are active there: not at all where there is one.
 *
 * Of few points in many dimensions, those drawn in come nearer to an optimum that may lie anywhere: in a cube, spread
 * evenly, all of them are near its edges.
 *
 * @source Meunier, Doerr, Rapin and Teytaud 2020, "Variance reduction for better sampling in continuous domains" (PPSN
 * XVI), whose width for n points is √(ln n / d)
 */
export function gathered(points: PointSpace, place: Float64Array): Float64Array {
  const point = points.quantile(place);
  const active = points.numeric.filter((index) => !Number.isNaN(point[index])).length;
  const share = Math.sqrt(REACHED / active);
  if (share >= 1) return place;
  const drawnIn = Float64Array.from(place);
  for (const index of points.numeric) drawnIn[index] = 0.5 + share * ((place[index] ?? 0.5) - 0.5);
  return drawnIn;
}
