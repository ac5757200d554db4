import type { PointSpace } from "./points.ts";

/**
 * A place of a design with its ordered dimensions drawn in toward the middle, to √(ln size / d) of their distance, d
 * being those that are active there: not at all where the design has enough points for the space.
 *
 * Of few points in many dimensions, those drawn in come nearer to an optimum that may lie anywhere: in a cube, spread
 * evenly, all of them are near its edges.
 *
 * @param size points of the design, or of the one that it is drawn in as
 * @source Meunier, Doerr, Rapin and Teytaud 2020, "Variance reduction for better sampling in continuous domains" (PPSN
 * XVI)
 */
export function gathered(points: PointSpace, place: Float64Array, size: number): Float64Array {
  const point = points.quantile(place);
  const active = points.numeric.filter((index) => !Number.isNaN(point[index])).length;
  const share = Math.sqrt(Math.log(size) / active);
  if (share >= 1) return place;
  const drawnIn = Float64Array.from(place);
  for (const index of points.numeric) drawnIn[index] = 0.5 + share * ((place[index] ?? 0.5) - 0.5);
  return drawnIn;
}
