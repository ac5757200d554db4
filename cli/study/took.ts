import type { StudyTrial } from "../../src/study/study-trial.ts";
import type { Trial } from "../../src/trial/trial.ts";

/** Wall time of the last attempt of a trial that ended; null where it has not, or never ran. */
export function tookMs(trial: Trial | StudyTrial<unknown>): number | null {
  return "finishedAtMs" in trial && trial.startedAtMs !== null ? trial.finishedAtMs - trial.startedAtMs : null;
}
