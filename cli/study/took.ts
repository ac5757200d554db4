import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { Trial } from "../../src/trial/trial.ts";

/** Wall time of the last attempt of a trial that ended; null where it has not or never ran, or the clock was set back. */
export function tookMs(trial: Trial | StudyTrial<unknown>): number | null {
  if (!("finishedAtMs" in trial) || trial.startedAtMs === null) return null;
  const ms = trial.finishedAtMs - trial.startedAtMs;
  return ms < 0 ? null : ms;
}
