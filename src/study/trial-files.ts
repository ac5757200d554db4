import type { TrialFiles } from "../artifacts/artifacts.ts";
import { removeCheckpoints } from "../artifacts/checkpoints.ts";
import type { Store } from "../store/store.ts";
import type { StudyRecord } from "../store/study-record.ts";
import { isPending, type Trial } from "../trial/trial.ts";
import { type Patience, patiently } from "./store-patience.ts";

/** A trial's files, waited for while the place where they are kept cannot be reached. A directory is always there. */
export function patientFiles(files: TrialFiles, patience: Patience): TrialFiles {
  if (files.directory !== null) return files;
  return {
    directory: null,
    write: (name, bytes) => patiently(() => files.write(name, bytes), patience),
    read: (name) => patiently(() => files.read(name), patience),
    list: () => patiently(() => files.list(), patience),
    removeFile: (name) => patiently(() => files.removeFile(name), patience),
    remove: () => patiently(() => files.remove(), patience),
  };
}

/** Removes the checkpoints of a trial that has ended for good; nothing where it has not, or never kept one. */
export async function clearCheckpoints(trial: Trial, of: { readonly files: TrialFiles }): Promise<void> {
  if (isPending(trial) || !mayHaveCheckpoints(trial)) return;
  await removeCheckpoints(of.files).catch(() => undefined); // the trial's result is worth more than the room they take
}

/** Cancels one trial. One that was queued ends here, so its checkpoints do too. */
export async function cancelTrial(store: Store, { id, name }: StudyRecord, number: number): Promise<void> {
  await store.judge(name, number, "cancel");
  await clearCheckpoints(await store.findTrial(name, number), { files: store.artifacts.of(id, number) });
}

/** A save that was cut short was never noted, and none is where a trial completed at once. */
function mayHaveCheckpoints({ checkpoint, attempt, state }: Trial): boolean {
  return checkpoint !== null || attempt > 1 || state !== "complete";
}
