import type { StudyRecord } from "../store/study-record.ts";
import type { QueuedTrial } from "../trial/trial.ts";

/**
 * Workers on other machines. They claim trials, evaluate them and commit what came out by themselves, so all that a
 * driver does is to see that they hear of a queued one. A fleet only delivers: the store is the truth, and what gets lost
 * on the way is delivered again.
 */
export interface Fleet {
  /** Slots of live workers that run the study's objective in the version that it means now. */
  slots(study: StudyRecord): Promise<number>;
  /**
   * Sees that workers hear of queued trials. One that is on its way already, for the same attempt, is left alone.
   *
   * @param delivery whether nobody has delivered them yet: then those with neighbouring numbers may travel together
   */
  deliver(study: StudyRecord, trials: readonly QueuedTrial[], delivery?: { readonly isFirst: boolean }): Promise<void>;
  close(): Promise<void>;
}

/** Tells a fleet from an executor. */
export function isFleet(value: object): value is Fleet {
  return "deliver" in value && typeof value.deliver === "function";
}
