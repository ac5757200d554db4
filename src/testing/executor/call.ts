import assert from "node:assert/strict";
import { memoryArtifacts } from "../../artifacts/memory.ts";
import type { Evaluation, Executor, StopReason, Watch } from "../../executor/executor.ts";
import type { Outcome } from "../../trial/outcome.ts";
import type { Verdict } from "../../trial/report.ts";
import type { TrialTask } from "../../trial/task.ts";
import { BEHAVIOURS, type Behaviour } from "./sweep.ts";

/** One evaluation, as a check follows it. */
export interface Call {
  readonly done: Promise<Evaluation>;
  /** Resolves with the first report. */
  readonly started: Promise<void>;
  readonly reports: readonly (readonly [step: number, value: number])[];
  /** The steps that were noted. */
  readonly checkpoints: readonly number[];
  stop(reason: StopReason): void;
}

/** How it differs from a plain one. */
export interface CallOptions {
  readonly task?: Partial<TrialTask>;
  readonly files?: Watch["files"];
  readonly trialTimeoutMs?: number | null;
  /** Stops the trial before it begins, or right after a report was answered. Default: nothing does. */
  readonly stopped?: "before it begins" | "after a report";
  verdict?(step: number): Verdict;
}

/** Starts an evaluation of the contract's objective. */
export function evaluate(executor: Executor, behaviour: Behaviour, call: CallOptions = {}): Call {
  const controller = new AbortController();
  const reports: (readonly [step: number, value: number])[] = [];
  const checkpoints: number[] = [];
  let start: () => void = () => undefined;
  const started = new Promise<void>((resolve) => {
    start = resolve;
  });
  if (call.stopped === "before it begins") controller.abort("cancel");
  const done = executor.evaluate(taskOf(behaviour, call.task), {
    signal: controller.signal,
    trialTimeoutMs: call.trialTimeoutMs,
    files: call.files ?? memoryArtifacts().of("study", 0, 1),
    print: () => undefined,
    report: async (given) => {
      reports.push(...given.map(({ step, value }) => [step, value] as const));
      start();
      if (call.stopped === "after a report") setImmediate(() => controller.abort("prune"));
      return call.verdict?.(reports.at(-1)?.[0] ?? 0) ?? "continue";
    },
    checkpoint: async (step) => {
      checkpoints.push(step);
      return call.verdict?.(step) ?? "continue";
    },
  });
  done.catch(() => undefined); // the check awaits it later
  return { done, started, reports, checkpoints, stop: (reason) => controller.abort(reason) };
}

function taskOf(behaviour: Behaviour, task: Partial<TrialTask> = {}): TrialTask {
  return {
    v: 1,
    study: "contract",
    trial: 0,
    attempt: 1,
    token: "",
    objective: "executor-contract",
    version: null,
    assignment: { behaviour: BEHAVIOURS.indexOf(behaviour), x: 0.25 },
    seed: 1,
    studySeed: 0,
    fidelity: null,
    purpose: "search",
    resumedFrom: null,
    ...task,
  };
}

/** The message of a trial that failed for a reason. */
export function failedFor(outcome: Outcome, reason: string): string {
  assert(outcome.kind === "failed", `expected a failed trial, received ${JSON.stringify(outcome)}`);
  assert.equal(outcome.reason, reason, outcome.message);
  return outcome.message;
}
