import type { TrialTask } from "../../trial/task.ts";
import type { Evaluation, Watch } from "../executor.ts";

/** One place that evaluates one trial at a time, in processes of its own. */
export interface Slot {
  /** Rejects only with what `watch.report` or the trial's files threw. */
  evaluate(task: TrialTask, watch: Watch): Promise<Evaluation>;
  /** Kills what runs, whole trees, and resolves when it is gone. */
  close(): Promise<void>;
}
