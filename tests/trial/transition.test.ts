import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addReport, judgeTrial, renewLease } from "../../src/trial/transition.ts";
import { claim, report, requeued, running } from "./example-trial.ts";

describe("claiming", () => {
  test("raises the attempt and drops the reports of the earlier one", () => {
    const handedBack = requeued(report(running, 0, 1), { kind: "handed-back" });
    expect(handedBack.reports).toHaveLength(2);
    const again = claim(handedBack);
    expect(again).toMatchObject({ state: "running", attempt: 2, reports: [], verdict: "continue", fidelity: 9 });
    expect(again).not.toHaveProperty("log");
  });

  test("a lease changes only when it is prolonged", () => {
    expect(renewLease(running, 300)).toBe(running);
    expect(renewLease(running, 301)).toEqual({ ...running, leaseUntilMs: 301 });
  });
});

describe("reporting", () => {
  test("keeps reports by step, the first of each, in whatever order they come", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(20)), (steps) => {
        const { reports } = report(running, ...steps);
        expect(reports.map(({ step }) => step)).toEqual([...new Set(steps)].sort((a, b) => a - b));
      }),
    );
  });

  test("a repeated step gives the same trial", () => {
    const once = addReport(running, { step: 1, value: Number.NaN });
    expect(addReport(once, { step: 1, value: 2 })).toBe(once);
    expect(once.reports).toEqual([{ step: 1, value: Number.NaN }]);
  });
});

describe("judging", () => {
  test("a verdict only becomes graver", () => {
    const pruned = judgeTrial(running, "prune");
    expect(pruned.verdict).toBe("prune");
    expect(judgeTrial(pruned, "continue")).toBe(pruned);
    expect(judgeTrial(pruned, "cancel").verdict).toBe("cancel");
    expect(judgeTrial(judgeTrial(running, "cancel"), "prune").verdict).toBe("cancel");
  });
});
