import type { StudyView } from "../../src/study/view/view.ts";
import { isPending, type Trial } from "../../src/trial/trial.ts";
import type { Settled } from "./notices.ts";

/** A trial that ended, and how many of the study's had by then, itself among them. */
export interface Counted {
  readonly event: Settled;
  readonly finished: number;
}

/** Trials in the order in which they ended. Those that the view knows of and that ended later do not count yet. */
export function counted(settled: readonly Settled[], { trials, pendingCount }: StudyView): readonly Counted[] {
  const events = settled.map((event) => ({ event, commit: commitOf(trials[event.trial.number]) }));
  const [first] = events.sort((one, other) => one.commit - other.commit);
  if (first === undefined) return [];
  const since = trials.map(commitOf).filter((commit) => commit > first.commit && commit !== NOT_YET);
  const finished = trials.length - pendingCount;
  return events.map(({ event, commit }) => ({
    event,
    finished: finished - since.filter((later) => later > commit).length,
  }));
}

const NOT_YET = Number.MAX_SAFE_INTEGER;

/** The study's sequence when a trial ended. */
function commitOf(trial: Trial | undefined): number {
  return trial === undefined || isPending(trial) ? NOT_YET : trial.committedAt;
}
