import type { TrialFiles } from "../artifacts/artifacts.ts";
import { invalid, isCount } from "../trial/option-check.ts";
import type { Outcome } from "../trial/outcome.ts";
import type { Report, Verdict } from "../trial/report.ts";
import type { TrialTask } from "../trial/task.ts";

/**
 * What evaluates trials. It knows no store: it turns a task into an outcome and passes reports on as they come.
 *
 * `evaluate` never rejects for what an objective, its process or its machine did: that is the outcome. Losses, reports
 * and metrics are as the objective gave them, in its own direction. What the caller's own side throws, its `report` or its
 * files, ends the trial, and `evaluate` rejects with it when the trial has ended.
 */
export interface Executor {
  /** How many tasks it evaluates at once; one more waits for a free slot. */
  readonly slots: number;
  evaluate(task: TrialTask, watch: Watch): Promise<Evaluation>;
  /** Ends what still runs, whole process trees included, and resolves when it is gone. */
  close(): Promise<void>;
}

/** Tells an executor from an objective. */
export function isExecutor(value: object): value is Executor {
  return "slots" in value && "close" in value && "evaluate" in value && typeof value.evaluate === "function";
}

/** A study would wait for a free one without end. @throws OPTION_INVALID for an executor without slots */
export function checkSlots({ slots }: Executor): void {
  if (!isCount(1)(slots)) throw invalid("slots of the executor", "an integer from 1", slots);
}

/** How an evaluation talks back to who asked for it. */
export interface Watch {
  /**
   * Asks the objective to end. The reason decides the outcome: `"cancel"` gives cancelled, `"hand-back"` handed-back,
   * `"prune"` pruned. What has not ended after the executor's grace is killed.
   */
  readonly signal: AbortSignal;
  /** Whether the signal is aborted, where that is cheaper to tell than to make the signal. */
  readonly isStopped?: boolean;
  /** The slot to use, from 0, where it is free: the caller keeps count of who has which. Any other will do. */
  readonly slot?: number | undefined;
  /** How long this trial may take, null for no limit, in milliseconds; where it is left out the executor's own limit. */
  readonly trialTimeoutMs?: number | null | undefined;
  readonly files: TrialFiles;
  /** Passes reports on, in the order in which the objective made them. Gives the newest verdict known. */
  report(reports: readonly Report[]): Promise<Verdict>;
  /** Notes that the trial's files hold its progress up to `step`, for the next attempt. */
  checkpoint(step: number): Promise<Verdict>;
  /** Output of the trial as it comes. */
  print(text: string): void;
}

/** Why an evaluation is asked to end; it becomes its outcome. */
export type StopReason = "cancel" | "hand-back" | "prune";

/** How an evaluation ended, and what it printed. */
export interface Evaluation {
  readonly outcome: Outcome;
  /** Output, stdout and stderr as they came; its last 64 kB are kept. */
  readonly log: string;
}
