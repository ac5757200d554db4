import { expect, test } from "vitest";
import { percentile } from "../../src/pruners/percentile.ts";
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
