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
  const reached = reachedBy(view);
  if (reached !== null) return reached;
  if (settings.timeoutMs !== null && elapsedMs >= settings.timeoutMs) return "timeout";
  if (settings.maxTrials !== null && nextNumber >= settings.maxTrials) return "maxTrials";
  return null;
}

/** The rule by which the search has come to its end, whatever its total and whoever paused or stopped it; null while none. */
export function reachedBy({ study, best, progress }: StudyView): "targetLoss" | "patience" | null {
  const { targetLoss, patience } = study.settings;
  if (targetLoss !== null && best !== null && best.losses[0] <= targetLoss) return "targetLoss";
  return patience !== null && progress.without >= patience ? "patience" : null;
}

/** Whether every number of the total is given out, and no trial waits. */
export function isSpent({ study, pendingCount }: StudyView): boolean {
  const { maxTrials } = study.settings;
  return maxTrials !== null && study.nextNumber >= maxTrials && pendingCount === 0;
}

/** Whether a run has nothing to do: a rule of the study holds, whoever paused or stopped it, and no trial waits. */
export function isFinished(view: StudyView): boolean {
  return reachedBy(view) !== null || isSpent(view);
}

/** Trials that already hold a number are run to their end, unless the study is not to run at all. */
export function mayRunQueued(reason: EndReason | null): boolean {
  return reason === null || reason === "maxTrials" || reason === "exhausted";
}

/** The first trials all failed, or too many in a row. */
function isFailing(view: StudyView): boolean {
  const { failuresInARow, successes } = view;
  const limit = view.study.settings.maxFailures;
  return failuresInARow >= limit || (successes === 0 && failuresInARow >= FIRST_FAILURES);
}
