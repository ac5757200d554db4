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
  let widest = smallestGap(best, Number.NEGATIVE_INFINITY);
  for (let i = 1; i < DESIGNS; i++) {
    const design = drawDesign(size, dimensions, rng);
    const gap = smallestGap(design, widest);
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

/**
 * Squared distance of the two closest points; some number up to `bar` where it is no more than that.
 *
 * Most pairs are told to be farther apart than the closest so far by their first few coordinates.
 */
function smallestGap(points: readonly Float64Array[], bar: number): number {
  let smallest = Number.POSITIVE_INFINITY;
  for (let index = 1; index < points.length; index++) {
    const point = points[index] as Float64Array; // in range, as is what follows
    for (let other = 0; other < index; other++) {
      smallest = Math.min(smallest, squaredDistance(point, points[other] as Float64Array, smallest));
      if (smallest <= bar) return smallest;
    }
  }
  return smallest;
}

/** A part of it that is no less than `most`, where there is one. */
function squaredDistance(one: Float64Array, other: Float64Array, most: number): number {
  let squared = 0;
  for (let d = 0; d < one.length && squared < most; d++) {
    squared += ((one[d] as number) - (other[d] as number)) ** 2; // both of as many coordinates
  }
  return squared;
}
