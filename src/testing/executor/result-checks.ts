import assert from "node:assert/strict";
import { memoryArtifacts } from "../../artifacts/memory.ts";
import type { Executor } from "../../executor/executor.ts";
import { evaluate, failedFor } from "./call.ts";
import type { ExecutorCheck } from "./check.ts";
import type { Behaviour } from "./sweep.ts";

const invalid: readonly Behaviour[] = ["nan", "infinity", "text", "nothing"];

/** The laws of what comes of a trial that is left to run: its result, its reports, its files, its slot. */
export const EXECUTOR_CHECKS: readonly ExecutorCheck[] = [
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
      const files = memoryArtifacts().of("study", 0, 1);
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
      const files = memoryArtifacts().of("study", 0, 1);
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
];
