import { constants } from "node:fs";
import { copyFile, link, mkdir, readdir, readlink, rename, rm, stat, symlink, utimes } from "node:fs/promises";
import { join } from "node:path";
import { absentAsNull, noFolderAsNull } from "./absent.ts";
import { type AttemptFolder, attemptFolder, attemptFolders } from "./attempt-folders.ts";
import { parseCheckpointName } from "./checkpoint-names.ts";
import { draftOf, isDraft, syncFile, syncFolder } from "./whole-file.ts";

/**
 * Gives an attempt a folder of its own with what the ones before it left, and removes theirs. It is there whole or not at
 * all. A process of an earlier attempt may still live, and may even have files open, so what it could write into is copied.
 *
 * @param study the study's folder
 */
export async function beginAttempt(study: string, trial: number, attempt: number): Promise<void> {
  const taken = await takeOver(study, { trial, attempt });
  // What does not go now goes with the trial's files, or when the next driver collects.
  for (const name of taken) await rm(join(study, name), { recursive: true, force: true }).catch(() => undefined);
}

/** @returns the folders of which no process needs anything any more */
async function takeOver(study: string, { trial, attempt }: Omit<AttemptFolder, "name">): Promise<readonly string[]> {
  const own = join(study, attemptFolder(trial, attempt));
  for (;;) {
    const { from, earlier } = await sourceOf(study, { trial, attempt });
    if (from === null) return [];
    const draft = draftOf(own);
    try {
      await copyFolder(join(study, from), draft);
      // An earlier attempt that begins late may have removed what this one copies: it has all of it then.
      if ((await sourceOf(study, { trial, attempt })).from === from) {
        await rename(draft, own);
        await syncFolder(study);
        return earlier;
      }
    } catch (error) {
      await rm(draft, { recursive: true, force: true });
      throw error;
    }
    await rm(draft, { recursive: true, force: true });
  }
}

interface Source {
  /** The folder to copy; null where there is none, or the attempt has one already. */
  readonly from: string | null;
  readonly earlier: readonly string[];
}

async function sourceOf(study: string, { trial, attempt }: Omit<AttemptFolder, "name">): Promise<Source> {
  const folders = (await attemptFolders(study)).filter((folder) => folder.trial === trial);
  const earlier = folders.filter((folder) => folder.attempt < attempt).map(({ name }) => name);
  // A store that lost its latest steps gives an attempt's number once more: then its folder, or a later one, is there.
  const from = folders.some((folder) => folder.attempt === attempt) ? undefined : (earlier.at(-1) ?? folders[0]?.name);
  return { from: from ?? null, earlier };
}

/** What vanishes meanwhile is left out. Neither half-written files nor what is no file is taken along. */
async function copyFolder(from: string, to: string): Promise<void> {
  await mkdir(to);
  for (const entry of (await noFolderAsNull(readdir(from, { withFileTypes: true }))) ?? []) {
    const [source, target] = [join(from, entry.name), join(to, entry.name)];
    if (entry.isDirectory()) await copyFolder(source, target);
    else if (entry.isSymbolicLink()) await absentAsNull(readlink(source).then((place) => symlink(place, target)));
    else if (entry.isFile() && !isDraft(entry.name)) await absentAsNull(carry(entry.name, source, target));
  }
  await syncFolder(to);
}

/** A file of a checkpoint is never written to again, so that both folders may have the same one. */
async function carry(name: string, source: string, target: string): Promise<void> {
  const isLinked = parseCheckpointName(name) !== null && (await linked(source, target));
  if (isLinked) return;
  await copyFile(source, target, constants.COPYFILE_FICLONE);
  const { atime, mtime } = await stat(source);
  await utimes(target, atime, mtime); // a program may look for its newest
  await syncFile(target);
}

/** Not every file system has links. */
function linked(source: string, target: string): Promise<boolean> {
  return link(source, target).then(
    () => true,
    () => false,
  );
}
