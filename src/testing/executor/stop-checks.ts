import assert from "node:assert/strict";
import type { StopReason } from "../../executor/executor.ts";
import type { Outcome } from "../../trial/outcome.ts";
import { evaluate, failedFor } from "./call.ts";
import type { ContractExecutorOptions, ExecutorCheck } from "./check.ts";
import type { Behaviour } from "./sweep.ts";

/** The laws of a trial that does not end by itself: verdicts, reasons to stop, time limits, the end of the executor. */
export const EXECUTOR_STOP_CHECKS: readonly ExecutorCheck[] = [
  {
    name: "ends a trial that is told to prune as pruned at its last step, whatever it returns",
    run: async (executor) => {
      const { done } = evaluate(executor, "hold", { verdict: () => "prune", stopped: "after a report" });
      assert.deepEqual((await done).outcome, { kind: "pruned", step: 3 });
    },
  },
  {
    name: "ends a trial that is told to cancel as cancelled",
    run: async (executor) => {
      const { done } = evaluate(executor, "hold", { verdict: () => "cancel" });
      assert.deepEqual((await done).outcome, { kind: "cancelled" });
    },
  },
  ...stops("hold", "asks a trial to end"),
  ...stops("ignore", "gives up a trial that does not end within the grace", { graceMs: 100 }),
  {
    name: "gives up a trial of which the caller's report throws, and rejects with that",
    options: { graceMs: 100 },
    run: async (executor) => {
      const { done } = evaluate(executor, "ignore", {
        verdict: () => {
          throw new Error("the store is gone");
        },
      });
      await assert.rejects(done, /the store is gone/);
    },
  },
  {
    name: "is free again after a trial that did not end",
    options: { graceMs: 100 },
    run: async (executor) => {
      const stuck = evaluate(executor, "ignore");
      await stuck.started;
      stuck.stop("cancel");
      await stuck.done;
      assert.equal((await evaluate(executor, "loss").done).outcome.kind, "complete");
    },
  },
  {
    name: "fails a trial that exceeds its time limit, naming it",
    options: { trialTimeoutMs: 1500, graceMs: 100 },
    run: async (executor) => {
      assert.match(failedFor((await evaluate(executor, "ignore").done).outcome, "timeout"), /time limit of 1\.5 s/);
    },
  },
  {
    name: "a limit that comes with a trial counts instead of its own",
    options: { trialTimeoutMs: 1, graceMs: 100 },
    run: async (executor) => {
      assert.equal((await evaluate(executor, "loss", { trialTimeoutMs: null }).done).outcome.kind, "complete");
      const { outcome } = await evaluate(executor, "ignore", { trialTimeoutMs: 250 }).done;
      assert.match(failedFor(outcome, "timeout"), /time limit of 0\.25 s/);
    },
  },
  {
    name: "does not run a trial that was stopped before",
    run: async (executor) => {
      const call = evaluate(executor, "hold", { stopped: "before it begins" });
      assert.deepEqual((await call.done).outcome, { kind: "cancelled" });
      assert.deepEqual(call.reports, []);
    },
  },
  {
    name: "hands back what runs and waits when it is closed, and all that comes later",
    options: { graceMs: 100 },
    run: async (executor) => {
      const running = evaluate(executor, "ignore");
      const waiting = evaluate(executor, "loss");
      await running.started;
      await executor.close();
      const late = evaluate(executor, "loss");
      for (const { done } of [running, waiting, late]) {
        assert.deepEqual((await done).outcome, { kind: "handed-back" });
      }
    },
  },
];

/** One check for each reason to stop. */
function stops(
  behaviour: Behaviour,
  name: string,
  options: Partial<ContractExecutorOptions> = {},
): readonly ExecutorCheck[] {
  const step = behaviour === "hold" ? 3 : 0;
  const expected: readonly (readonly [StopReason, Outcome])[] = [
    ["cancel", { kind: "cancelled" }],
    ["hand-back", { kind: "handed-back" }],
    ["prune", { kind: "pruned", step }],
  ];
  return expected.map(([reason, outcome]) => ({
    name: `${name}: ${reason}`,
    options,
    run: async (executor) => {
      const call = evaluate(executor, behaviour);
      await call.started;
      call.stop(reason);
      assert.deepEqual((await call.done).outcome, outcome);
    },
  }));
}
