import { lowerBound } from "../../src/numerics/lower-bound.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { isPending, type Trial } from "../../src/trial/trial.ts";
import type { Settled } from "./notices.ts";

/** A trial that ended, and how many of the study's had by then, itself among them. */
export interface Counted {
  readonly event: Settled;
  readonly finished: number;
}

/** Trials in the order in which they ended. Those that the view knows of and that ended later do not count yet. */
export function counted(settled: readonly Settled[], view: StudyView): readonly Counted[] {
  const events = settled.map((event) => ({ event, commit: commitOf(view.trials[event.trial.number]) }));
  events.sort((one, other) => one.commit - other.commit);
  return events.map(({ event, commit }) => ({ event, finished: lowerBound(view.ends, commit + 1) }));
}

const NOT_YET = Number.MAX_SAFE_INTEGER;

/** The study's sequence when a trial ended. */
function commitOf(trial: Trial | undefined): number {
  return trial === undefined || isPending(trial) ? NOT_YET : trial.committedAt;
}
