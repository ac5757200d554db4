import { expect, test } from "vitest";
import { median, percentile } from "../../src/pruners/percentile.ts";
import type { ReportedTrial } from "../../src/pruners/pruner.ts";

function reported(number: number, state: ReportedTrial["state"], value: number): ReportedTrial {
  return { number, state, reports: [{ step: 0, value }] };
}

test("a bound between reports that lie further apart than a number can say is between them", () => {
  const pruner = percentile({ percentile: 25, startup: 0 });
  const others = [reported(0, "complete", -1e308), reported(1, "complete", 1e308)];
  expect(pruner.judge(reported(2, "running", 1e307), others, {} as never)).toBe("prune");
  expect(pruner.judge(reported(2, "running", -6e307), others, {} as never)).toBe("continue");
});

test("without options the best quarter is the bound, and what equals it goes on", () => {
  const others = [1, 2, 3, 4, 5].map((value, number) => reported(number, "complete", value));
  const verdictOf = (value: number) => percentile().judge(reported(9, "running", value), others, {});
  expect([1.9, 2, 2.01].map(verdictOf)).toEqual(["continue", "continue", "prune"]);
  const one = [reported(0, "complete", 1)];
  expect(median({ startup: 0 }).judge(reported(9, "running", 1.1), one, {})).toBe("prune");
});
