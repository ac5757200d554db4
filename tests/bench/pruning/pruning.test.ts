import { expect, it } from "vitest";
import { compare, lossAt } from "../../../bench/pruning/compare.ts";
import type { Found } from "../../../bench/pruning/simulate.ts";

const found = (...incumbents: [number, number][]): Found => ({ incumbents, trials: 10, complete: 2 });

it("an incumbent counts from the compute at which it was there", () => {
  const run = found([1, 5], [3, 2]);
  expect([0.5, 1, 2.9, 3, 9].map((spent) => lossAt(run, spent))).toEqual([Number.POSITIVE_INFINITY, 5, 5, 2, 2]);
});

it("compares over seeds, in parts of the unpruned compute", () => {
  const unpruned = [found([1, 6], [9, 3]), found([1, 6], [8, 3]), found([1, 6], [10, 3])];
  const pruned = [found([1, 6], [2, 3]), found([1, 6], [4, 3]), found([1, 6], [4, 5], [20, 3])];
  const result = compare(pruned, unpruned, { budget: 10, scale: [1, 11] });
  expect(result).toMatchObject({ toEqualMedian: 0.4, toEqualMean: null, trials: 10, complete: 2 });
  expect(result.unprunedRegret).toBeCloseTo(0.2);
  expect(result.regret).toBeCloseTo((0.2 + 0.2 + 0.4) / 3);
});
