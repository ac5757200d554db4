import type { TrialTask } from "../../trial/task.ts";
import type { Evaluation, Watch } from "../executor.ts";
import type { Reaper } from "../process/reaper.ts";
import type { Staging } from "./staging.ts";

/** One place that evaluates one trial at a time, in processes of its own. */
export interface Slot {
  /** Rejects only with what `watch.report` or the trial's files threw. */
  evaluate(task: TrialTask, watch: Watch): Promise<Evaluation>;
  /** Kills what runs, whole trees, and resolves when it is gone. */
  close(): Promise<void>;
}

/** What all slots of an executor share. */
export interface SlotSupport {
  readonly reaper: Reaper;
  readonly staging: Staging;
}
