import { readdir } from "node:fs/promises";
import { noFolderAsNull } from "../../src/artifacts/absent.ts";
import type { TrialFiles } from "../../src/artifacts/artifacts.ts";
import { attemptWithFiles } from "../../src/artifacts/attempt-with-files.ts";
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
export async function keptFiles(study: StoredStudy, trial: StudyTrial<unknown>): Promise<KeptFiles> {
  const { id } = await study.refresh();
  const at = (attempt: number): TrialFiles => study.store.artifacts.of(id, trial.number, attempt);
  const attempt = await attemptWithFiles(trial, async (each) => (await namesOf(at(each))).length > 0);
  const names = await namesOf(at(attempt));
  const files = names.filter((name) => isFileName(name) && parseCheckpointName(name) === null);
  return { folder: at(attempt).directory, files: files.sort() };
}

function namesOf(files: TrialFiles): Promise<readonly string[]> {
  const { directory } = files;
  if (directory === null) return files.list();
  return available(directory, async () => (await noFolderAsNull(readdir(directory))) ?? []);
}
