import type { StudyRecord } from "../src/store/study-record.ts";
import type { QueuedTrial } from "../src/trial/trial.ts";

/** What becomes of a job after a look at its trial. */
export type Fate =
  /** The store has what came of the trial, or wants nothing of it now. */
  | { readonly kind: "done" }
  /** The trial waits for its next attempt, which is another job. */
  | { readonly kind: "again"; readonly study: StudyRecord; readonly trial: QueuedTrial }
  /** Another worker still has the trial: it may die, so somebody looks again later. */
  | { readonly kind: "later" }
  /** Nothing was begun. */
  | { readonly kind: "back" };

export const DONE: Fate = { kind: "done" };
