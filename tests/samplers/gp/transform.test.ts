import { describe, expect, it } from "vitest";
import { bestAndSpread } from "../../../src/samplers/gp/data/subset.ts";
import { transformLosses } from "../../../src/samplers/gp/data/transform.ts";

describe("transforms", () => {
  const losses = Float64Array.from([5, 3, Number.NaN, 1, 2, 4, 1e300, Number.POSITIVE_INFINITY]);

  it.each(["drawn-in", "wide", "half-rank"] as const)(
    "%s: mean 0, deviation 1, order kept, failed as worst",
    (transform) => {
      const { targets, doubts } = transformLosses(losses, transform);
      const known = targets.filter((_, i) => Number.isFinite(losses[i]));
      expect(known.reduce((sum, value) => sum + value, 0) / known.length).toBeCloseTo(0, 10);
      expect(known.reduce((sum, value) => sum + value * value, 0) / known.length).toBeCloseTo(1, 10);
      const order = [3, 4, 1, 5, 0, 6];
      for (let i = 1; i < order.length; i++) expect(targets[order[i]!]).toBeGreaterThan(targets[order[i - 1]!]!);
      for (const failed of [2, 7]) expect(targets[failed]).toBe(targets[6]);
      expect([...doubts]).toEqual([0, 0, 2, 0, 0, 0, 2, 2]);
    },
  );

  it("are doubtful of what lies beyond a wide gap, not of what goes on and on", () => {
    const doubts = (losses: number[]): number[] => [...transformLosses(Float64Array.from(losses), "wide").doubts];
    expect(doubts([3, 1, 900, 2, 1e9, 4])).toEqual([0, 0, 2, 0, 2, 0]);
    expect(doubts([1, 1e2, 1e3, 1e4, 1e5, 1e6])).toEqual([0, 0, 0, 0, 0, 0]);
    expect(doubts([1, 1, 1, 1, 1, 900])).toEqual([0, 0, 0, 0, 0, 0]);
  });

  it("keep what separates the good, whatever the bad ones are", () => {
    const losses = Float64Array.from([0, 1, 2, 3, 4, 5, 6, 7, 1e300, 1e300]);
    const { targets } = transformLosses(losses, "half-rank");
    expect((targets[1]! - targets[0]!) / (targets[4]! - targets[0]!)).toBeCloseTo(1 / 4, 2);
  });

  it.each([
    ["drawn-in", 4],
    ["wide", 20],
  ] as const)("%s: the worst lie at most %i spreads of the better half above the median", (transform, reach) => {
    const { targets } = transformLosses(Float64Array.from([0, 2, 4, 6, 8, 100, 1000]), transform);
    const [best = 0, , , median = 0, next = 0, worse, worst = 0] = targets;
    const spread = Math.sqrt((36 + 16 + 4) / 4);
    expect(worse).toBe(worst);
    expect((worst - median) / (median - best)).toBeCloseTo((reach * spread) / 6, 10);
    expect((next - median) / (median - best)).toBeCloseTo(2 / 6, 10);
  });

  it.each(["drawn-in", "wide", "half-rank"] as const)("%s: stand the largest numbers there are", (transform) => {
    const most = Number.MAX_VALUE;
    for (const extremes of [
      [most, -most, 0, 1],
      [most, most, most, 1],
      [-most, 1, 2, 3],
      [1e300, 1e300, -1e300, 5e299],
    ]) {
      for (const value of transformLosses(Float64Array.from(extremes), transform).targets) {
        expect(Number.isFinite(value)).toBe(true);
      }
    }
  });

  it("give zeros for equal losses", () => {
    expect([...transformLosses(Float64Array.from([2, 2, 2]), "wide").targets]).toEqual([0, 0, 0]);
  });
});

it("a subset holds the best half and spreads over the others", () => {
  const values = Float64Array.from({ length: 100 }, (_, i) => (i * 37) % 100);
  const chosen = bestAndSpread(values, 20).map((index) => values[index] ?? 0);
  expect(chosen.toSorted((a, b) => a - b).slice(0, 10)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(new Set(chosen).size).toBe(20);
  expect(Math.max(...chosen)).toBeGreaterThan(85);
  expect(bestAndSpread(values.subarray(0, 20), 20)).toEqual([...Array(20).keys()]);
});
