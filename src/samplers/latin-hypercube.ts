import { shuffled } from "../random/shuffled.ts";
import type { Rng } from "../random/stream.ts";

/** Designs of which the one with the widest smallest gap is taken. */
const DESIGNS = 20;

/**
 * Points that fill [0, 1)^d evenly: seen along any one dimension, each of `size` equal intervals holds one of them.
 *
 * @param rng the same for every point that is to be of one design
 * @returns `size` points of `dimensions` coordinates
 * @source McKay, Beckman and Conover 1979 (Technometrics 21); the maximin choice among designs: Johnson, Moore and
 * Ylvisaker 1990
 */
export function latinHypercube(size: number, dimensions: number, rng: Rng): readonly Float64Array[] {
  let best = drawDesign(size, dimensions, rng);
  let widest = smallestGap(best);
  for (let i = 1; i < DESIGNS; i++) {
    const design = drawDesign(size, dimensions, rng);
    const gap = smallestGap(design);
    if (gap <= widest) continue;
    best = design;
    widest = gap;
  }
  return best;
}

function drawDesign(size: number, dimensions: number, rng: Rng): readonly Float64Array[] {
  const points = Array.from({ length: size }, () => new Float64Array(dimensions));
  const range = Int32Array.from({ length: size }, (_, index) => index);
  for (let dimension = 0; dimension < dimensions; dimension++) {
    const order = shuffled(range, rng);
    points.forEach((point, index) => {
      point[dimension] = ((order[index] ?? 0) + rng.next()) / size;
    });
  }
  return points;
}

/** Squared distance of the two closest points. */
function smallestGap(points: readonly Float64Array[]): number {
  let smallest = Number.POSITIVE_INFINITY;
  points.forEach((point, index) => {
    for (const other of points.slice(0, index)) {
      let squared = 0;
      for (let d = 0; d < point.length; d++) squared += ((point[d] ?? 0) - (other[d] ?? 0)) ** 2;
      smallest = Math.min(smallest, squared);
    }
  });
  return smallest;
}
