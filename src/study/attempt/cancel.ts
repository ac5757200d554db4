import type { Store } from "../../store/store.ts";
import type { StudyRecord } from "../../store/study-record.ts";
import type { StudyView } from "../view/view.ts";
import { clearCheckpoints } from "./trial-files.ts";

/** Cancels one trial. One that was queued ends here, so its checkpoints do too. */
export async function cancelTrial(store: Store, { id, name }: StudyRecord, number: number): Promise<void> {
  await store.judge(name, number, "cancel");
  const trial = await store.findTrial(name, number);
  // Where the folder of its last attempts could not be made, that of an earlier one still has them.
  for (let attempt = Math.max(1, trial.attempt); attempt > 0; attempt--) {
    await clearCheckpoints(trial, { files: store.artifacts.of(id, number, attempt) });
  }
}

/** Tells every running trial to end, wherever it runs. */
export async function cancelRunning(store: Pick<Store, "judge">, view: StudyView): Promise<void> {
  for (const { state, number } of view.pending()) {
    if (state === "running") await store.judge(view.study.name, number, "cancel");
  }
}
