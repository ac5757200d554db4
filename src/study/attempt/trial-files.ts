import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { removeCheckpoints } from "../../artifacts/checkpoints.ts";
import { isPending, type Trial } from "../../trial/trial.ts";
import { type Retry, withRetries } from "./store-retry.ts";

/** A trial's files, waited for while the place where they are kept cannot be reached. A directory is always there. */
export function retryingFiles(files: TrialFiles, retry: Retry): TrialFiles {
  if (files.directory !== null) return files;
  return {
    directory: null,
    write: (name, bytes) => withRetries(() => files.write(name, bytes), retry),
    read: (name) => withRetries(() => files.read(name), retry),
    list: () => withRetries(() => files.list(), retry),
    removeFile: (name) => withRetries(() => files.removeFile(name), retry),
    remove: () => withRetries(() => files.remove(), retry),
  };
}

/**
 * The same, left as they are where the attempt is the trial's no longer, as after its process stood still for longer than
 * its lease. A directory is one attempt's own, and the objective writes there by itself.
 */
export function ownFiles(files: TrialFiles, isStale: () => Promise<boolean>): TrialFiles {
  if (files.directory !== null) return files;
  const unlessStale = async (change: () => Promise<void>): Promise<void> => {
    if (!(await isStale())) await change();
  };
  return {
    ...files,
    write: (name, bytes) => unlessStale(() => files.write(name, bytes)),
    removeFile: (name) => unlessStale(() => files.removeFile(name)),
    remove: () => unlessStale(() => files.remove()),
  };
}

/** Removes the checkpoints of a trial that has ended for good; nothing where it has not, or never kept one. */
export async function clearCheckpoints(trial: Trial, of: { readonly files: TrialFiles }): Promise<void> {
  if (isPending(trial) || !mayHaveCheckpoints(trial)) return;
  await removeCheckpoints(of.files);
}

/** A save that was cut short was never noted, and none is where a trial completed at once. */
function mayHaveCheckpoints({ checkpoint, attempt, state }: Trial): boolean {
  return checkpoint !== null || attempt > 1 || state !== "complete";
}
