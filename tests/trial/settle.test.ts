import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Outcome } from "../../src/trial/outcome.ts";
import { settle } from "../../src/trial/settle.ts";
import { judgeTrial } from "../../src/trial/transition.ts";
import { isPending, type Trial } from "../../src/trial/trial.ts";
import { claim, queued, report, requeued, running, settlement } from "./example-trial.ts";

describe("settling", () => {
  test("a finished trial keeps the whole trial, when it ended, and nothing of the lease", () => {
    const { verdict: _, leaseUntilMs: __, resumedFrom: ___, ...kept } = report(running, 0);
    expect(settle(report(running, 0), { kind: "complete", losses: [1, 2] }, settlement())).toEqual({
      ...kept,
      state: "complete",
      committedAt: 7,
      finishedAtMs: 400,
      log: "printed",
      losses: [1, 2],
      metrics: {},
      attributes: {},
    });
  });

  test("a loss that is NaN is an invalid one", () => {
    const failed = settle(running, { kind: "complete", losses: [1, Number.NaN] }, settlement());
    expect(failed).toMatchObject({ state: "failed", reason: "invalid" });
  });

  test("a pruned outcome is taken without a verdict, at the last step that was reported", () => {
    expect(settle(running, { kind: "pruned", step: 4 }, settlement())).toMatchObject({ state: "pruned", step: 4 });
    expect(settle(report(running, 0, 8), { kind: "pruned", step: 4 }, settlement())).toMatchObject({ step: 8 });
  });

  test.each<readonly [Outcome, string]>([
    [{ kind: "complete", losses: [1] }, "pruned"],
    [{ kind: "pruned", step: 2 }, "pruned"],
    [{ kind: "failed", reason: "crash", message: "" }, "pruned"],
    [{ kind: "lost" }, "pruned"],
    [{ kind: "handed-back" }, "pruned"],
    [{ kind: "cancelled" }, "cancelled"],
  ])("a trial told prune that ends with %j is %s", (outcome, state) => {
    const judged = judgeTrial(report(running, 0, 2), "prune");
    expect(settle(judged, outcome, settlement())).toMatchObject({ state, ...(state === "pruned" ? { step: 2 } : {}) });
    expect(settle(judgeTrial(judged, "cancel"), outcome, settlement()).state).toBe("cancelled");
  });

  test("a lost trial is queued with its host until maxLost is used up", () => {
    const first = requeued(claim(queued, "a"), { kind: "lost" });
    expect(first).toMatchObject({ lost: 1, hosts: ["a"], attempt: 1, queuedAtMs: 400, reservedAt: 5, number: 3 });
    const second = requeued(claim(first, "b"), { kind: "lost" });
    const failed = settle(claim(second, "a"), { kind: "lost" }, settlement());
    expect(failed).toMatchObject({ state: "failed", reason: "lost", lost: 3, hosts: ["a", "b", "a"] });
    expect(failed).toMatchObject({ message: "what ran it was gone 3 times, killed or with its machine, on a, b" });
  });

  test("machine faults and hand-backs count nothing", () => {
    for (const outcome of [{ kind: "lost", machine: true }, { kind: "handed-back" }] satisfies Outcome[]) {
      expect(requeued(running, outcome, { maxLost: 1 })).toEqual({ ...queued, attempt: 1, queuedAtMs: 400 });
    }
  });

  test("errors are tried again while the retries last, other failures are not", () => {
    const thrown: Outcome = { kind: "failed", reason: "error", message: "no" };
    const retried = requeued(running, thrown, { errorRetries: 1 });
    expect(retried.errors).toBe(1);
    expect(settle(claim(retried), thrown, settlement({ errorRetries: 1 }))).toMatchObject({
      state: "failed",
      errors: 1,
    });
    expect(settle(running, thrown, settlement())).toMatchObject({ state: "failed", reason: "error", message: "no" });
    const killed: Outcome = { kind: "failed", reason: "memory", message: "" };
    expect(settle(running, killed, settlement({ errorRetries: 9 })).state).toBe("failed");
  });

  test("of a queued trial only cancelled makes something else", () => {
    expect(settle(queued, { kind: "complete", losses: [1] }, settlement())).toBe(queued);
    const cancelled = settle(queued, { kind: "cancelled" }, settlement({ log: "" }));
    expect(cancelled).toMatchObject({
      state: "cancelled",
      holder: null,
      startedAtMs: null,
      version: null,
      fidelity: 9,
    });
  });
});

const outcome: fc.Arbitrary<Outcome> = fc.oneof(
  fc.record({ kind: fc.constant("complete" as const), losses: fc.tuple(fc.double()) }),
  fc.record({ kind: fc.constant("pruned" as const), step: fc.nat() }),
  fc.record({
    kind: fc.constant("failed" as const),
    reason: fc.constantFrom("error" as const, "timeout" as const, "crash" as const),
    message: fc.string(),
  }),
  fc.record({ kind: fc.constant("lost" as const), machine: fc.boolean() }),
  fc.constantFrom<Outcome>({ kind: "handed-back" }, { kind: "cancelled" }),
);

test("whatever happens, a life obeys its laws", () => {
  fc.assert(
    fc.property(
      fc.array(outcome, { minLength: 1, maxLength: 12 }),
      fc.nat(4),
      fc.nat(3),
      (outcomes, maxLost, errorRetries) => {
        let trial: Trial = queued;
        for (const each of outcomes) {
          if (trial.state === "queued") trial = claim(trial);
          const next = settle(trial, each, settlement({ maxLost, errorRetries }));
          expect(Object.isFrozen(next)).toBe(true);
          expect(next).toMatchObject({ number: 3, assignment: { x: 1 }, basis: 4, reservedAt: 5, fidelity: 9 });
          expect(next.attempt).toBe(trial.attempt);
          expect(next.lost).toBeLessThanOrEqual(Math.max(1, maxLost));
          expect(next.hosts).toHaveLength(next.lost);
          expect(next.errors).toBeLessThanOrEqual(errorRetries);
          if (!isPending(trial)) expect(next).toBe(trial);
          if (next.state === "complete") expect(next.losses).not.toContain(Number.NaN);
          trial = next;
        }
      },
    ),
  );
});
