import { expect, test } from "vitest";
import { observationOf } from "../../src/trial/observe.ts";
import type { Outcome } from "../../src/trial/outcome.ts";
import { settle } from "../../src/trial/settle.ts";
import { addReport, claimTrial, reserveTrial } from "../../src/trial/transition.ts";
import type { CompleteTrial, Trial } from "../../src/trial/trial.ts";

const reserved = reserveTrial({
  number: 2,
  assignment: { x: 1 },
  fidelity: 3,
  origin: "sampler",
  basis: 0,
  memo: null,
  plan: null,
  sequence: 1,
  nowMs: 0,
});

function ended(outcome: Outcome, values: readonly number[] = [], maxLost = 3): Trial {
  const holder = { host: "h", pid: 1, started: "s", slot: 0 };
  const claimed = claimTrial(reserved, { holder, version: null, leaseUntilMs: 1, nowMs: 0 });
  const reported = values.reduce((trial, value, step) => addReport(trial, { step, value }), claimed);
  return settle(reported, outcome, { sequence: 2, nowMs: 1, maxLost, errorRetries: 0, log: "" });
}

test("pending and cancelled trials teach nothing", () => {
  expect(observationOf(reserved)).toBeNull();
  expect(observationOf(ended({ kind: "lost" }))).toBeNull();
  expect(observationOf(ended({ kind: "cancelled" }, [1]))).toBeNull();
});

test("a complete trial teaches its losses, with reports, constraints and fidelity", () => {
  expect(observationOf(ended({ kind: "complete", losses: [4, 5], constraints: [-1] }, [0.5]))).toEqual({
    number: 2,
    assignment: { x: 1 },
    fidelity: 3,
    reports: [{ step: 0, value: 0.5 }],
    result: { kind: "complete", losses: [4, 5], constraints: [-1] },
  });
});

test("a pruned trial teaches its last finite report, and without one it failed", () => {
  const pruned: Outcome = { kind: "pruned", step: 2 };
  const result = (values: readonly number[]) => observationOf(ended(pruned, values))?.result;
  expect(result([3, 2, Number.NaN, Number.POSITIVE_INFINITY])).toEqual({ kind: "pruned", losses: [2] });
  expect(result([Number.NaN])).toEqual({ kind: "failed" });
  expect(result([])).toEqual({ kind: "failed" });
});

test("a failed trial and one that used up its losses are failed", () => {
  const failed = ended({ kind: "failed", reason: "error", message: "" }, [1]);
  expect(observationOf(failed)?.result).toEqual({ kind: "failed" });
  expect(observationOf(ended({ kind: "lost" }, [1], 1))?.result).toEqual({ kind: "failed" });
});

test("a complete trial whose loss is NaN, which no transition makes, is failed", () => {
  const complete = ended({ kind: "complete", losses: [1] }) as CompleteTrial;
  expect(observationOf({ ...complete, losses: [Number.NaN] })?.result).toEqual({ kind: "failed" });
});
