import type { StudyView } from "./view.ts";

/** Why a study takes no further trials for now. */
export type EndReason =
  | "maxTrials"
  | "timeout"
  | "targetLoss"
  | "patience"
  | "exhausted"
  | "failing"
  | "paused"
  | "stopped"
  | "cancelled"
  | "interrupted";

/** Trials at the start of a study that may all fail before it pauses. */
const FIRST_FAILURES = 5;

/**
 * The rule that forbids a new trial now, or null.
 *
 * @param elapsedMs since this run began, by a monotonic clock
 */
export function stoppedBy(view: StudyView, elapsedMs: number): EndReason | null {
  const { control, settings, nextNumber } = view.study;
  if (control !== "running") return control;
  if (isFailing(view)) return "failing";
  if (settings.targetLoss !== null && view.best !== null && view.best.losses[0] <= settings.targetLoss) {
    return "targetLoss";
  }
  if (settings.patience !== null && view.progress.without >= settings.patience) return "patience";
  if (settings.timeoutMs !== null && elapsedMs >= settings.timeoutMs) return "timeout";
  if (settings.maxTrials !== null && nextNumber >= settings.maxTrials) return "maxTrials";
  return null;
}

/** Trials that already hold a number are run to their end, unless the study is not to run at all. */
export function mayRunQueued(reason: EndReason | null): boolean {
  return reason === null || reason === "maxTrials" || reason === "exhausted";
}

/** The first trials all failed, or too many in a row. */
export function isFailing(view: StudyView): boolean {
  const { failuresInARow, successes } = view;
  const limit = view.study.settings.maxFailures;
  return failuresInARow >= limit || (successes === 0 && failuresInARow >= Math.min(limit, FIRST_FAILURES));
}
