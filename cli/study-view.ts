import type { Store } from "../src/store/store.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import { StudyView } from "../src/study/view.ts";
import type { TrialState } from "../src/trial/trial.ts";

/** Everything that a store knows of a study now. */
export async function viewOf(store: Store, record: StudyRecord): Promise<StudyView> {
  const view = new StudyView(record);
  await view.refresh(store);
  return view;
}

/** Trials by state, in the order in which they are told. */
export type Counts = { readonly [S in TrialState]: number };

export function countsOf(view: StudyView): Counts {
  const counts = { complete: 0, pruned: 0, failed: 0, cancelled: 0, running: 0, queued: 0 };
  for (const { state } of view.trials) counts[state]++;
  return counts;
}

/** Trials that ended, however. */
export function finishedCount(counts: Counts): number {
  return counts.complete + counts.pruned + counts.failed + counts.cancelled;
}
