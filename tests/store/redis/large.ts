import type { Store } from "../../../src/store/store.ts";
import type { StudyArchive } from "../../../src/store/study-record.ts";
import { addComplete } from "../fixtures.ts";
import { reserve, STUDY } from "./deployment.ts";

/** A study of so many trials, most of them finished at one sequence each, the last ones pending, all at one. */
export async function large(store: Store, finished: number, pending: number): Promise<void> {
  await addComplete(store, STUDY);
  await reserve(store, 2);
  const archive = await store.exportStudy(STUDY);
  const [first, last] = archive.trials;
  const trials = Array.from({ length: finished + pending }, (_, number) =>
    number < finished
      ? { ...first, number, reservedAt: number + 1, committedAt: number + 1 }
      : { ...last, number, reservedAt: number + 1 },
  );
  const study = { ...archive.study, nextNumber: trials.length, sequence: trials.length };
  // Made of trials of an archive.
  await store.importStudy({ ...archive, study, trials } as StudyArchive, "large");
}
