import assert from "node:assert/strict";
import { describe, it } from "vitest";
import { memoryArtifacts } from "../artifacts/memory.ts";
import type { Executor, StopReason } from "../executor/executor.ts";
import type { Outcome } from "../trial/outcome.ts";
import { evaluate, failedFor } from "./executor-contract-call.ts";
import type { Behaviour } from "./executor-contract-sweep.ts";

/** What the contract asks of an executor under test; each check has one of its own. */
export interface ContractExecutorOptions {
  readonly slots: number;
  readonly trialTimeoutMs: number | null;
  readonly graceMs: number;
}

/** An executor of the objective in `executor-contract-sweep.ts`, or of one that behaves like it. */
export type MakeExecutor = (options: ContractExecutorOptions) => Executor;

interface Check {
  readonly name: string;
  readonly options?: Partial<ContractExecutorOptions>;
  run(executor: Executor): Promise<void>;
}

/** Proves the law of the `Executor` port. */
export function describeExecutorContract(label: string, make: MakeExecutor): void {
  describe(`executor contract: ${label}`, () => {
    for (const { name, options, run } of executorChecks) {
      it(name, async () => {
        const executor = make({ slots: 1, trialTimeoutMs: null, graceMs: 5000, ...options });
        try {
          await run(executor);
        } finally {
          await executor.close();
        }
      });
    }
  });
}

const invalid: readonly Behaviour[] = ["nan", "infinity", "text", "nothing"];

export const executorChecks: readonly Check[] = [
  {
    name: "gives the loss of an objective that returns a number",
    run: async (executor) => {
      assert.deepEqual((await evaluate(executor, "loss").done).outcome, { kind: "complete", losses: [0.25] });
    },
  },
  {
    name: "keeps finite metrics and notes those that are not",
    run: async (executor) => {
      const { outcome } = await evaluate(executor, "record").done;
      assert(outcome.kind === "complete");
      assert.deepEqual(outcome.losses, [0.25]);
      assert.deepEqual(outcome.metrics, { doubled: 0.5 });
      assert.deepEqual(outcome.attributes, { droppedMetrics: { broken: "NaN" } });
    },
  },
  ...invalid.map((behaviour) => ({
    name: `fails a trial whose objective returns ${behaviour}, and goes on`,
    run: async (executor: Executor) => {
      failedFor((await evaluate(executor, behaviour).done).outcome, "invalid");
      assert.equal((await evaluate(executor, "loss").done).outcome.kind, "complete");
    },
  })),
  {
    name: "fails a trial whose objective throws, with its message, the rest in the log",
    run: async (executor) => {
      const { outcome, log } = await evaluate(executor, "throw").done;
      assert.match(failedFor(outcome, "error"), /the objective of the contract throws/);
      assert.match(log, /the objective of the contract throws/);
    },
  },
  {
    name: "fails a trial whose assignment is not one of the space",
    run: async (executor) => {
      const call = evaluate(executor, "loss", { task: { assignment: { behaviour: 1 } } });
      failedFor((await call.done).outcome, "invalid");
    },
  },
  {
    name: "gives the objective its numbers and seeds",
    run: async (executor) => {
      const task = { trial: 4, attempt: 2, seed: 99, studySeed: 7 };
      const { outcome } = await evaluate(executor, "seed", { task }).done;
      const metrics = { number: 4, attempt: 2, studySeed: 7 };
      assert.deepEqual(outcome, { kind: "complete", losses: [99], metrics });
    },
  },
  {
    name: "passes reports on in their order, NaN included",
    run: async (executor) => {
      const { done, reports } = evaluate(executor, "reports");
      assert.deepEqual((await done).outcome, { kind: "complete", losses: [1] });
      assert.deepEqual(reports, [
        [0, 1],
        [1, 1 / 2],
        [2, 1 / 3],
        [3, 1 / 4],
        [4, 1 / 5],
        [5, Number.NaN],
      ]);
    },
  },
  {
    name: "ends a trial that is told to prune as pruned at its last step, whatever it returns",
    run: async (executor) => {
      const { done } = evaluate(executor, "hold", { verdict: () => "prune", options: "then stop" });
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
      const call = evaluate(executor, "hold", { options: "stopped" });
      assert.deepEqual((await call.done).outcome, { kind: "cancelled" });
      assert.deepEqual(call.reports, []);
    },
  },
  {
    name: "evaluates as many at once as it has slots; the next one waits for its turn, or for its end",
    options: { slots: 2 },
    run: async (executor) => {
      assert.equal(executor.slots, 2);
      const [first, second, third, fourth] = [1, 2, 3, 4].map((trial) =>
        evaluate(executor, "hold", { task: { trial } }),
      );
      assert(first && second && third && fourth);
      await Promise.all([first.started, second.started]);
      third.stop("hand-back");
      assert.deepEqual((await third.done).outcome, { kind: "handed-back" });
      assert.deepEqual([third.reports, fourth.reports], [[], []]);
      first.stop("cancel");
      await fourth.started;
      second.stop("cancel");
      fourth.stop("cancel");
      await Promise.all([first.done, second.done, fourth.done]);
    },
  },
  {
    name: "keeps what a trial writes, and gives it to its test",
    run: async (executor) => {
      const files = memoryArtifacts().of("study", 0);
      const { outcome } = await evaluate(executor, "artifact", { files }).done;
      assert.deepEqual(outcome, { kind: "complete", losses: [3] });
      assert.deepEqual([...((await files.read("model.bin")) ?? [])], [1, 2, 3]);
      const test = evaluate(executor, "artifact", { files, task: { purpose: "test" } });
      assert.deepEqual((await test.done).outcome, { kind: "complete", losses: [0], metrics: { bytes: 3 } });
    },
  },
  {
    name: "keeps the progress of an attempt that is handed back, and the next one goes on from it",
    run: async (executor) => {
      const files = memoryArtifacts().of("study", 0);
      const first = evaluate(executor, "checkpoint", { files, task: { attempt: 1 } });
      await first.started;
      first.stop("hand-back");
      assert.deepEqual((await first.done).outcome, { kind: "handed-back" });
      assert.deepEqual(first.checkpoints, [4]);
      const unknown = evaluate(executor, "checkpoint", { files, task: { attempt: 2 } });
      await unknown.started;
      unknown.stop("cancel");
      await unknown.done;
      const next = evaluate(executor, "checkpoint", { files, task: { attempt: 3, resumedFrom: 4 } });
      assert.deepEqual((await next.done).outcome, { kind: "complete", losses: [4.5] });
    },
  },
  {
    name: "rejects with what the caller's report throws, once the trial ended",
    run: async (executor) => {
      const failing = evaluate(executor, "reports", {
        verdict: () => {
          throw new Error("the store is gone");
        },
      });
      await assert.rejects(failing.done, /the store is gone/);
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
function stops(behaviour: Behaviour, name: string, options: Partial<ContractExecutorOptions> = {}): readonly Check[] {
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
