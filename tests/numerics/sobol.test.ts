import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { SOBOL_DIMENSIONS, scrambledSobol, sobolBits } from "../../src/numerics/sobol.ts";
import { stream } from "../../src/random/stream.ts";
import { numerics } from "../golden/numerics.ts";
import { chiSquareScore } from "../samplers/chi-square.ts";

it("has SciPy's points in all of its 128 dimensions", () => {
  expect(SOBOL_DIMENSIONS).toBe(128);
  for (const [index, bits] of numerics.sobol) {
    expect(bits.map((_, dimension) => sobolBits(index, dimension))).toEqual(bits);
  }
});

/** How many of the points fall into each of the boxes that halve the sides so many times. */
function boxCounts(points: readonly (readonly number[])[], halvings: readonly number[]): number[] {
  const counts: number[] = Array(2 ** halvings.reduce((sum, k) => sum + k, 0)).fill(0);
  for (const point of points) {
    const box = halvings.reduce((number, k, side) => number * 2 ** k + Math.floor(point[side]! * 2 ** k), 0);
    counts[box]!++;
  }
  return counts;
}

function pointsOf(
  { from = 0, count, dimensions }: { from?: number; count: number; dimensions: readonly number[] },
  seed: number,
): number[][] {
  return Array.from({ length: count }, (_, i) =>
    dimensions.map((dimension) => scrambledSobol({ index: from + i, dimension }, seed)),
  );
}

describe("scrambled", () => {
  it("keeps each block of 2^k points in 2^k intervals, in every dimension, those after the table too", () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.integer({ min: 0, max: 7 }),
        fc.nat(1000),
        fc.nat(3 * 128),
        (seed, k, block, dimension) => {
          const points = pointsOf({ from: block * 2 ** k, count: 2 ** k, dimensions: [dimension] }, seed);
          expect(boxCounts(points, [k])).toEqual(Array(2 ** k).fill(1));
        },
      ),
    );
  });

  it("keeps the first two dimensions a net: every box of area 2^-k holds one of 2^k points", () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer({ min: 0, max: 6 }), fc.nat(6), (seed, k, first) => {
        const points = pointsOf({ count: 2 ** k, dimensions: [0, 1] }, seed);
        const split = Math.min(first, k);
        expect(boxCounts(points, [split, k - split])).toEqual(Array(2 ** k).fill(1));
      }),
    );
  });

  it("makes any one point uniform over the seeds", () => {
    const rng = stream("seeds");
    const seeds = Array.from({ length: 8000 }, () => Math.floor(rng.next() * 2 ** 32));
    for (const [index, dimension] of [
      [0, 0],
      [1, 0],
      [0, 5],
      [37, 2],
      [5, 300],
    ] as const) {
      const points = seeds.map((seed) => [scrambledSobol({ index, dimension }, seed)]);
      expect(chiSquareScore(boxCounts(points, [4]), Array(16).fill(1 / 16))).toBeLessThan(4);
    }
  });

  it("does not tie dimensions to each other", () => {
    for (const [one, other] of [
      [0, 1],
      [3, 4],
      [0, 128],
      [60, 61],
      [126, 255],
    ] as const) {
      const counts = Array(16).fill(0);
      for (let seed = 0; seed < 64; seed++) {
        const points = pointsOf({ count: 64, dimensions: [one, other] }, seed * 7919);
        boxCounts(points, [2, 2]).forEach((count, box) => {
          counts[box] += count;
        });
      }
      expect(chiSquareScore(counts, Array(16).fill(1 / 16))).toBeLessThan(4);
    }
  });

  it("integrates far better than independent draws", () => {
    const integrand = (point: readonly number[]) => point.reduce((product, x) => product * (1 + (x - 0.5) / 2), 1);
    const errorOf = (points: readonly (readonly number[])[]) =>
      (points.reduce((sum, point) => sum + integrand(point), 0) / points.length - 1) ** 2;
    const rng = stream("draws");
    let [scrambled, independent] = [0, 0];
    for (let seed = 0; seed < 30; seed++) {
      scrambled += errorOf(pointsOf({ count: 256, dimensions: [0, 1, 2, 3, 4, 5] }, seed));
      independent += errorOf(Array.from({ length: 256 }, () => Array.from({ length: 6 }, () => rng.next())));
    }
    expect(scrambled).toBeLessThan(independent / 100);
  });

  it("is never 0 or 1, and another seed is another sequence", () => {
    fc.assert(
      fc.property(fc.nat(), fc.nat(200), fc.integer(), (index, dimension, seed) => {
        const value = scrambledSobol({ index, dimension }, seed);
        expect(value > 0 && value < 1).toBe(true);
        expect(scrambledSobol({ index, dimension }, seed + 1)).not.toBe(value);
      }),
    );
  });
});
