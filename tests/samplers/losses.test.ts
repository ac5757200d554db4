import { expect, it } from "vitest";
import { countFinite, lossesOf } from "../../src/samplers/losses.ts";
import type { Observation, ObservedResult } from "../../src/trial/observation.ts";

const observed = (...results: ObservedResult[]): Observation[] =>
  results.map((result, number) => ({ number, assignment: {}, reports: [], result }));
const complete = (loss: number): ObservedResult => ({ kind: "complete", losses: [loss] });
const pruned = (loss: number): ObservedResult => ({ kind: "pruned", losses: [loss] });

it("failed trials and NaN have no loss", () => {
  const losses = lossesOf(observed({ kind: "failed" }, complete(2), complete(Number.NaN)));
  expect([...losses]).toEqual([Number.NaN, 2, Number.NaN]);
  expect(countFinite(losses)).toBe(1);
});

it("a pruned trial is no better than the middle of the complete ones", () => {
  const losses = lossesOf(observed(complete(1), complete(2), complete(3), pruned(0), pruned(9)));
  expect([...losses]).toEqual([1, 2, 3, 2, 9]);
});

it("pruned trials alone keep their losses", () => {
  expect([...lossesOf(observed(pruned(4), pruned(1)))]).toEqual([4, 1]);
});

it("-Infinity is the least finite loss", () => {
  expect([...lossesOf(observed(complete(Number.NEGATIVE_INFINITY), complete(5), complete(3)))]).toEqual([3, 5, 3]);
  const none = lossesOf(observed(complete(Number.NEGATIVE_INFINITY), complete(Number.POSITIVE_INFINITY)));
  expect(countFinite(none)).toBe(0);
});
