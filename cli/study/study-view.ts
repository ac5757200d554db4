import { ParzenError } from "../../src/errors.ts";
import type { Store } from "../../src/store/store.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { orient } from "../../src/study/view/direction.ts";
import { StudyView } from "../../src/study/view/view.ts";
import type { TrialState } from "../../src/trial/trial.ts";

/** Everything that a store knows of a study now, even if that is not all that it once was told. */
export async function viewOf(store: Store, record: StudyRecord): Promise<StudyView> {
  const view = new StudyView(record);
  await view.refresh(store);
  return view;
}

/**
 * The same of a study that is to go on, or of which every trial counts.
 *
 * @throws STORE_CORRUPT where a number was given out and its trial is gone, or the other way round
 */
export async function wholeViewOf(store: Store, record: StudyRecord): Promise<StudyView> {
  const view = await viewOf(store, record);
  const { name, nextNumber } = view.study;
  const missing = Array.from({ length: nextNumber }, (_, number) => number).find((number) => !(number in view.trials));
  if (missing !== undefined) throw damaged(store, `study "${name}" has lost its trial ${missing}`);
  const last = view.trials.length - 1;
  if (last >= nextNumber)
    throw damaged(store, `study "${name}" has a trial ${last}, but gave out ${nextNumber} numbers`);
  return view;
}

function damaged({ location }: Store, what: string): ParzenError {
  return new ParzenError("STORE_CORRUPT", `the store ${location} is damaged: ${what}`, {
    hint: "Put a copy of it back, or move it away and begin anew",
  });
}

/** Trials by state, in the order in which they are told. */
export type Counts = { readonly [S in TrialState]: number };

export function countsOf(view: StudyView): Counts {
  const counts = { complete: 0, pruned: 0, failed: 0, cancelled: 0, running: 0, queued: 0 };
  // Unlike for-of, forEach passes over one that is gone.
  view.trials.forEach(({ state }) => {
    counts[state]++;
  });
  return counts;
}

/** `97 complete, 3 failed`; nothing where there is no trial. */
export function countsText(counts: Counts): string {
  const parts = Object.entries(counts).filter(([, amount]) => amount > 0);
  return parts.map(([state, amount]) => `${amount} ${state}`).join(", ");
}

/** The best trial, its loss as the objective gave it. */
export interface BestLoss {
  readonly number: number;
  readonly loss: number;
}

/** Null while no trial is complete. */
export function bestLossOf({ best, study }: StudyView): BestLoss | null {
  return best === null ? null : { number: best.number, loss: orient(study.direction, best.losses[0]) };
}

/** How many trials a study is to have, or has where its total was set lower since; null without a limit. */
export function totalOf({ settings, nextNumber }: StudyRecord): number | null {
  return settings.maxTrials === null ? null : Math.max(settings.maxTrials, nextNumber);
}

/** Trials that ended, however. */
export function finishedCount(counts: Counts): number {
  return counts.complete + counts.pruned + counts.failed + counts.cancelled;
}
