import type { Artifacts, TrialFiles } from "../artifacts/artifacts.ts";
import { attemptWithFiles } from "../artifacts/attempt-with-files.ts";
import { isParzenError, ParzenError, show } from "../errors.ts";
import type { Trial } from "../trial/trial.ts";
import { inconsistency } from "./archive-consistency.ts";
import { readArchive } from "./archive-schema.ts";
import { fromExactJson, toExactJson } from "./exact-json.ts";
import { frozenCopy } from "./frozen-copy.ts";
import { checkStudyName } from "./study-name.ts";
import type { ImportedObservation, StudyArchive, StudyRecord } from "./study-record.ts";

/** The text of an archive: JSON in which NaN, the infinite numbers and -0 survive. */
export function formatArchive(archive: StudyArchive): string {
  return `${toExactJson(archive, 1)}\n`;
}

/** Reads what `formatArchive` wrote. @throws DATA_INVALID */
export function parseArchive(text: string): StudyArchive {
  let value: unknown;
  try {
    value = fromExactJson(text);
  } catch (cause) {
    throw cause instanceof RangeError ? tooDeep(cause) : invalid("it is not JSON", cause);
  }
  return checkArchive(value);
}

/**
 * Checks that something is a whole and consistent archive: shape, space, assignments, numbers and sequences.
 *
 * @returns a frozen copy
 * @throws DATA_INVALID, SPACE_INVALID
 */
export function checkArchive(value: unknown): StudyArchive {
  checkFormat(value);
  try {
    return checked(value);
  } catch (error) {
    throw error instanceof RangeError ? tooDeep(error) : error;
  }
}

function checked(value: unknown): StudyArchive {
  const read = readArchive(value);
  if ("wrong" in read) throw invalid(read.wrong);
  const { archive } = read;
  checkStudyName(archive.study.name);
  const wrong = inconsistency(archive);
  if (wrong !== null) throw invalid(wrong);
  return frozenCopy(archive);
}

function checkFormat(value: unknown): void {
  const { format, version } = Object(value) as { readonly format?: unknown; readonly version?: unknown };
  if (format !== "parzen-study") throw invalid('expected "format": "parzen-study"');
  if (version === 1) return;
  throw new ParzenError("DATA_INVALID", `study archive: version ${show(version)} is not known, only version 1`, {
    hint: "import it with the version of parzen that wrote it, or a newer one",
  });
}

/** It is read by recursion, and the stack has an end. */
function tooDeep(cause: unknown): ParzenError {
  return invalid("something in it is nested too deep", cause);
}

function invalid(wrong: string, cause?: unknown): ParzenError {
  return new ParzenError("DATA_INVALID", `study archive: ${wrong}`, {
    hint: "an archive is what `parzen export --study` writes",
    cause,
  });
}

/** What a study consists of outside its files. */
export interface StudyContent {
  readonly study: StudyRecord;
  /** By number, with their logs. */
  readonly trials: readonly Trial[];
  readonly imported: readonly ImportedObservation[];
}

/**
 * Adds the files, and leaves out the lease of the driver, who drives the original. What that one began meanwhile has files
 * already, but is no trial of the archive.
 */
export async function archiveStudy(
  { study, trials, imported }: StudyContent,
  artifacts: Artifacts,
): Promise<StudyArchive> {
  const { driver: _, ...record } = study;
  const files: Record<string, string> = {};
  const numbers = new Set((await artifacts.list(study.id)).map((file) => splitFile(file)[0]));
  for (const trial of trials.filter(({ number }) => numbers.has(number))) {
    const at = (attempt: number): TrialFiles => artifacts.of(study.id, trial.number, attempt);
    const kept = at(await attemptWithFiles(trial, async (attempt) => (await at(attempt).list()).length > 0));
    for (const name of await kept.list()) {
      const bytes = await kept.read(name);
      if (bytes !== null) files[`${trial.number}/${name}`] = Buffer.from(bytes).toString("base64");
    }
  }
  return { format: "parzen-study", version: 1, study: record, trials, imported, artifacts: files };
}

/** The record under which an archive is restored. Its id is new: the original may live on, beside the same files. */
export function restoredRecord(archive: StudyArchive, name: string, id: string): StudyRecord {
  return Object.freeze({ ...archive.study, name, id, driver: null });
}

/** Writes the files of an archive; done before its study can be seen. @throws STORE_UNAVAILABLE, and what else a store throws */
export async function restoreFiles(archive: StudyArchive, id: string, artifacts: Pick<Artifacts, "of">): Promise<void> {
  for (const [file, base64] of Object.entries(archive.artifacts)) {
    const [trial, name] = splitFile(file);
    const files = artifacts.of(id, trial, archive.trials[trial]?.attempt ?? 1);
    await files.write(name, Buffer.from(base64, "base64")).catch(unwritten);
  }
}

/** No machine that runs trials is at fault here, but the place of the files. */
function unwritten(error: unknown): never {
  if (!isParzenError(error) || error.code !== "MACHINE_FAULT") throw error;
  const hint =
    "Nothing was imported. Free some space, change the permissions there or take another place, then import again";
  throw new ParzenError("STORE_UNAVAILABLE", error.message, { hint, cause: error });
}

/** The same, and then makes the study; where either fails, no file is left. */
export async function restoreWhole(
  archive: StudyArchive,
  { id }: StudyRecord,
  { artifacts, insert }: { readonly artifacts: Pick<Artifacts, "of" | "removeStudy">; insert(): void },
): Promise<void> {
  try {
    await restoreFiles(archive, id, artifacts);
    insert();
  } catch (error) {
    await artifacts.removeStudy(id).catch(() => undefined); // the first error counts
    throw error;
  }
}

function splitFile(file: string): [trial: number, name: string] {
  const slash = file.indexOf("/");
  return [Number(file.slice(0, slash)), file.slice(slash + 1)];
}
