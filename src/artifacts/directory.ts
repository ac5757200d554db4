import { randomUUID } from "node:crypto";
import { readdir, readFile, rename, rm, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { ParzenError, systemReason } from "../errors.ts";
import { absentAsNull, noFolderAsNull } from "./absent.ts";
import type { Artifacts, GivenTrials, TrialFiles } from "./artifacts.ts";
import { type AttemptFolder, attemptFolder, attemptFolders, newestAttempts } from "./attempt-folders.ts";
import { beginAttempt } from "./begin-attempt.ts";
import { checkFileName, isFileName } from "./file-name.ts";
import { makeFolder } from "./make-folder.ts";
import { isDraft, writeWhole } from "./whole-file.ts";

/**
 * Files below `root`, as `<study id>/<trial>/<name>`, of an attempt that followed another one as
 * `<study id>/<trial>.<attempt>/<name>`. Folders are made with the first file in them. Readers and a later crash see the
 * old file or the new one.
 */
export function directoryArtifacts(root: string): Artifacts {
  const base = resolve(root);
  const folder = (study: string): string => {
    checkFileName(study);
    return join(base, study);
  };
  return {
    of: (study, trial, attempt) => ({
      ...directoryFiles(join(folder(study), attemptFolder(trial, attempt))),
      remove: () => removeUntil(folder(study), trial, attempt),
    }),
    begin: async (study, trial, attempt) => {
      const directory = join(folder(study), attemptFolder(trial, attempt));
      await takenOver(directory, () => beginAttempt(folder(study), trial, attempt));
    },
    list: (study) => available(base, () => listStudy(folder(study))),
    removeStudy: (study) => available(base, () => removeStudy(folder(study))),
    collect: (study, given) => available(base, () => collectStudy(folder(study), given)),
  };
}

/** @throws STORE_UNAVAILABLE where the system refuses */
export async function available<T>(root: string, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    const message = `the files of trials in ${root} are not available: ${systemReason(cause)}`;
    const hint = "Change the permissions of the folder, or take another place for artifacts";
    throw new ParzenError("STORE_UNAVAILABLE", message, { hint, cause });
  }
}

/** No trial is to blame for a place that takes no files. @throws MACHINE_FAULT where the system refuses */
function writable(directory: string, write: () => Promise<void>): Promise<void> {
  return permitted(write, (why) => `the trial's files in ${directory} cannot be written: ${why}`);
}

/** The same of files that are copied there: what may not be read lies elsewhere. */
function takenOver(directory: string, take: () => Promise<void>): Promise<void> {
  return permitted(take, (why, path) => {
    const where = path === undefined || path.startsWith(directory) ? "" : `, at ${path}`;
    return `the files of an earlier attempt cannot be copied to ${directory}: ${why}${where}`;
  });
}

/** @param message by the system's reason, and the path that it names */
async function permitted(act: () => Promise<void>, message: (why: string, path?: string) => string): Promise<void> {
  try {
    await act();
  } catch (cause) {
    if (!(cause instanceof Error && "syscall" in cause)) throw cause;
    const path = "path" in cause ? String(cause.path) : undefined;
    throw new ParzenError("MACHINE_FAULT", message(systemReason(cause), path), { cause });
  }
}

/** Makes the folder of a trial's files, for a program that writes there itself. @throws MACHINE_FAULT */
export function makeTrialFolder(directory: string): Promise<void> {
  return writable(directory, () => makeFolder(directory));
}

/** The files of one trial, for a process that was told only their directory. */
export function directoryFiles(directory: string): TrialFiles {
  return {
    directory,
    write: async (name, bytes) => {
      checkFileName(name);
      await writable(directory, async () => {
        await makeFolder(directory);
        await writeWhole(join(directory, name), bytes);
      });
    },
    read: async (name) => {
      checkFileName(name);
      // A copy with its own memory: a Buffer may share a pool with others.
      return absentAsNull(readFile(join(directory, name)).then((bytes) => new Uint8Array(bytes)));
    },
    list: () => listFiles(directory),
    removeFile: async (name) => {
      checkFileName(name);
      await rm(join(directory, name), { force: true });
    },
    remove: () => rm(directory, { recursive: true, force: true }),
  };
}

async function listStudy(folder: string): Promise<readonly string[]> {
  const files: string[] = [];
  for (const { name, trial } of newestAttempts(await attemptFolders(folder))) {
    for (const file of await listFiles(join(folder, name))) files.push(`${trial}/${file}`);
  }
  return files.sort();
}

/** Without a look at what is there, which of a large study takes long. */
async function removeUntil(folder: string, trial: number, last: number): Promise<void> {
  for (let attempt = 1; attempt <= Math.max(1, last); attempt++) {
    await rm(join(folder, attemptFolder(trial, attempt)), { recursive: true, force: true });
  }
}

/**
 * Moves the folder away before it is emptied: trials that still run find nothing to write into, however long they go on.
 * Where a removal was cut short, its rest goes too.
 */
async function removeStudy(folder: string): Promise<void> {
  const isMoved = await rename(folder, `${folder}~${randomUUID()}`).then(
    () => true,
    () => false, // it is not there, or may not be moved: then it is emptied where it is
  );
  const [base, study] = [dirname(folder), basename(folder)];
  const names = ((await absentAsNull(readdir(base))) ?? []).filter((name) => name.startsWith(`${study}~`));
  for (const name of isMoved ? names : [study, ...names]) {
    await rm(join(base, name), { recursive: true, force: true, maxRetries: 5 }); // a file that is open may still come
  }
}

/** Longer than any write takes and any two clocks differ. */
const ABANDONED_MS = 86_400_000;

async function collectStudy(folder: string, given: GivenTrials): Promise<number> {
  const folders = await attemptFolders(folder);
  const kept = new Set(await keptFolders(folders, given));
  let removed = await collectDrafts(folder);
  for (const { name } of kept) removed += await collectDrafts(join(folder, name));
  for (const attempt of folders) {
    if (kept.has(attempt)) continue;
    await rm(join(folder, attempt.name), { recursive: true, force: true });
    removed++;
  }
  return removed + (await collectDrafts(dirname(folder)).catch(() => 0)); // others may be at those, too
}

/** One of each trial: a later attempt than the trial's newest is one that the store has lost. */
async function keptFolders(folders: readonly AttemptFolder[], given: GivenTrials): Promise<readonly AttemptFolder[]> {
  const numbers = await given.count();
  const kept = new Map<number, AttemptFolder>();
  for (const folder of folders.filter(({ trial }) => trial < numbers)) {
    const { trial } = folder;
    if (!kept.has(trial)) kept.set(trial, folder);
    else if (folder.attempt <= (await given.attemptAt(trial))) kept.set(trial, folder);
  }
  return [...kept.values()];
}

async function collectDrafts(directory: string): Promise<number> {
  const drafts = ((await noFolderAsNull(readdir(directory))) ?? []).filter(isDraft);
  let removed = 0;
  for (const draft of drafts) {
    const path = join(directory, draft);
    const written = await absentAsNull(stat(path));
    if (written === null || Date.now() - written.mtimeMs < ABANDONED_MS) continue;
    await rm(path, { recursive: true, force: true });
    removed++;
  }
  return removed;
}

async function listFiles(folder: string): Promise<readonly string[]> {
  const entries = (await noFolderAsNull(readdir(folder, { withFileTypes: true }))) ?? [];
  return entries
    .filter((entry) => entry.isFile() && isFileName(entry.name))
    .map((entry) => entry.name)
    .sort();
}
