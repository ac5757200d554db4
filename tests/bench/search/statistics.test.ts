import { describe, expect, it } from "vitest";
import { estimate, geometricRegret, meanRank, median, regretRatio, winRate } from "../../../bench/search/statistics.ts";

describe("statistics of regrets", () => {
  it("take the geometric mean over seeds, then tasks, with a floor", () => {
    expect(geometricRegret([[[0.1, 0.001]]])).toBeCloseTo(0.01, 10);
    expect(geometricRegret([[[0.1, 0.001]], [[0.0001, 0.0001, 0.0001]]])).toBeCloseTo(0.001, 10);
    expect(geometricRegret([[[0, -1e-9, 1e-9]]])).toBeCloseTo(1e-4, 12);
  });

  it("divide ours by theirs", () => {
    expect(regretRatio([[[0.01], [0.1]]])).toBeCloseTo(0.1, 10);
    expect(regretRatio([[[1e-8], [1e-4]]])).toBeCloseTo(1, 10);
  });

  it("count the pairs that are won, ties half, each task alike", () => {
    expect(winRate([[[1, 2], [1.5]]])).toBe(0.5);
    expect(winRate([[[1], [1]]])).toBe(0.5);
    expect(winRate([[[1], [1, 2, 2, 2]]])).toBe(0.875);
    expect(
      winRate([
        [[0], [1]],
        [
          [3, 3],
          [1, 2],
        ],
      ]),
    ).toBe(0.5);
  });

  it("rank one run of each", () => {
    const tasks = [
      [
        [1, 1],
        [2, 2],
        [3, 0],
      ],
    ];
    expect([0, 1, 2].map((index) => meanRank(index)(tasks))).toEqual([1.5, 2.5, 2]);
  });

  it("find the middle, or the mean of the middle two", () => {
    expect(median([3, 1, 9])).toBe(3);
    expect(median([3, 1, 9, 4])).toBe(3.5);
    expect(median([3, Number.POSITIVE_INFINITY])).toBe(Number.POSITIVE_INFINITY);
  });

  it("have an interval that holds the value and narrows with the number of runs", () => {
    const sample = (size: number): number[] =>
      Array.from({ length: size }, (_, index) => 10 ** -(1 + (index % 10) / 5));
    const [few, many] = [10, 200].map((size) => estimate([[sample(size)]], geometricRegret));
    for (const each of [few, many]) {
      expect(each?.low).toBeLessThan(each?.value ?? 0);
      expect(each?.high).toBeGreaterThan(each?.value ?? 0);
    }
    expect((many?.high ?? 0) / (many?.low ?? 1)).toBeLessThan((few?.high ?? 0) / (few?.low ?? 1));
  });
});
