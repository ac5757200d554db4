import { readdir } from "node:fs/promises";
import { noFolderAsNull } from "../../src/artifacts/absent.ts";
import { parseCheckpointName } from "../../src/artifacts/checkpoint-names.ts";
import { available } from "../../src/artifacts/directory.ts";
import { isFileName } from "../../src/artifacts/file-name.ts";
import type { StoredStudy } from "../../src/study/stored-study.ts";
import type { StudyTrial } from "../../src/study/study-trial.ts";

export interface KeptFiles {
  /** Absolute; null where files are kept in no directory, as in Redis. */
  readonly folder: string | null;
  /** Names in it, those of folders that a program made among them; none of a checkpoint. */
  readonly files: readonly string[];
}

/** What a trial kept beside its result, such as its model. @throws STORE_UNAVAILABLE where its folder may not be read */
export async function keptFiles(study: StoredStudy, { number, attempt }: StudyTrial<unknown>): Promise<KeptFiles> {
  const { id } = await study.refresh();
  const kept = study.store.artifacts.of(id, number, attempt);
  const { directory: folder } = kept;
  const names = folder === null ? await kept.list() : await available(folder, () => namesIn(folder));
  const files = names.filter((name) => isFileName(name) && parseCheckpointName(name) === null);
  return { folder, files: files.sort() };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  return (await noFolderAsNull(readdir(folder))) ?? [];
}
