import type { Store } from "./store.ts";
import type { StudyRecord } from "./study-record.ts";

/**
 * Removes files that belong to no trial of a study, whatever the store.
 *
 * @param find gives the study as it is stored at that moment
 */
export async function collectArtifacts(
  store: Pick<Store, "artifacts" | "findTrial">,
  name: string,
  find: () => StudyRecord | Promise<StudyRecord>,
): Promise<number> {
  const { id } = await find();
  return store.artifacts.collect(id, {
    count: async () => (await find()).nextNumber,
    attemptAt: async (trial) => (await store.findTrial(name, trial)).attempt,
  });
}
