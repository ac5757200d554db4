import type { StudyView } from "../../src/study/view/view.ts";
import { tookMs } from "./took.ts";

/** How many of the latest trials tell how long the next ones take. */
const RECENT = 50;

/**
 * How long a study still runs, from how long its latest trials took. Null where it has no total, nowhere to run, or too little is known.
 *
 * @param slots how many trials run at once
 */
export function etaMs(view: StudyView, slots: number): number | null {
  const { maxTrials } = view.study.settings;
  if (maxTrials === null || slots === 0) return null;
  const took = durations(view);
  const mean = took.reduce((sum, ms) => sum + ms, 0) / took.length;
  const open = Math.max(0, maxTrials - view.trials.length) * mean;
  return took.length === 0 ? null : (open + pendingMs(view, mean)) / slots;
}

function durations({ trials }: StudyView): readonly number[] {
  const took: number[] = [];
  for (let index = trials.length - 1; index >= 0 && took.length < RECENT; index--) {
    const trial = trials[index];
    const ms = trial === undefined ? null : tookMs(trial);
    if (ms !== null) took.push(ms);
  }
  return took;
}

/** What is left of the trials that hold a number: a running one needs the rest of the mean. */
function pendingMs({ trials, nowMs }: StudyView, mean: number): number {
  return trials.reduce((sum, trial) => {
    if (trial.state === "queued") return sum + mean;
    if (trial.state !== "running") return sum;
    const ranMs = Math.max(0, nowMs - trial.startedAtMs); // the clock may have been set back
    return sum + Math.max(0, mean - ranMs);
  }, 0);
}
