import { type Observation, random, type Sampler, successiveHalving } from "parzen";
import { expect, it } from "vitest";
import { compare, computeToEqual, lossAt } from "../../../bench/pruning/compare.ts";
import { foretellingPruner, foretellingSampler } from "../../../bench/pruning/foretell.ts";
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
  expect(result).toMatchObject({ median: 0.4, mean: null, trials: 10, complete: 2 });
  expect(result.unprunedRegret).toBeCloseTo(0.2);
  expect(result.regret).toBeCloseTo((0.2 + 0.2 + 0.4) / 3);
});

it("compares with how searches of another optimizer ended, of which there may be fewer", () => {
  const pruned = [found([1, 6], [2, 3]), found([1, 6], [4, 3]), found([1, 6], [4, 5], [20, 3])];
  const measure = { budget: 10, scale: [1, 11] } as const;
  expect(computeToEqual(pruned, [4, 6], measure)).toEqual({ median: 0.4, mean: 0.2 });
  expect(computeToEqual(pruned, [2], measure)).toEqual({ median: null, mean: null });
});

it("a pruner that is foretold judges by the ends", () => {
  const ends = new Map([
    [0, 1],
    [1, 2],
  ]);
  const reports = (value: number) => [{ step: 1, value }];
  const pruner = successiveHalving({ min: 1, max: 9 });
  const judged = [{ number: 1, state: "running", reports: reports(3) }] as const;
  const others = [{ number: 0, state: "complete", reports: reports(4) }] as const;
  expect(pruner.judge(judged[0], others, {})).toBe("continue");
  expect(foretellingPruner(pruner, ends).judge(judged[0], others, {})).toBe("prune");
});

it("a sampler that is foretold learns what pruned trials would have come to", () => {
  const trial = { number: 0, assignment: { x: 1 }, reports: [] } as const;
  const observations: readonly Observation[] = [
    { ...trial, result: { kind: "pruned", losses: [5] } },
    { ...trial, number: 1, result: { kind: "complete", losses: [4] } },
  ];
  let seen: readonly Observation[] = [];
  const watching: Sampler = {
    ...random(),
    propose: (request) => {
      seen = request.observations;
      return { kind: "exhausted" };
    },
  };
  const request = { observations } as Parameters<Sampler["propose"]>[0]; // nothing else of it is read
  foretellingSampler(watching, new Map([[0, 3]])).propose(request);
  expect(seen.map(({ result }) => result)).toEqual([
    { kind: "complete", losses: [3] },
    { kind: "complete", losses: [4] },
  ]);
});
