import { randomUUID } from "node:crypto";
import { open, rename, rm } from "node:fs/promises";
import { dirname } from "node:path";

/** What a file or folder is called until it is whole; `~` is in no name, so it is never taken for one of a trial. */
const DRAFT = /^[^~]+~[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A path beside another one, for what will have that one's name when it is whole. */
export function draftOf(path: string): string {
  return `${path}~${randomUUID()}`;
}

export function isDraft(name: string): boolean {
  return DRAFT.test(name);
}

/**
 * Writes a file so that readers, a later crash and a full disk see the old file or the new one, never a part of it: beside
 * its name as `<path>~<uuid>`, flushed, and renamed onto it.
 *
 * @param mode of the file, less the umask
 */
export async function writeWhole(path: string, content: Uint8Array | string, mode = 0o666): Promise<void> {
  const draft = draftOf(path);
  try {
    const file = await open(draft, "wx", mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  } catch (error) {
    await rm(draft, { force: true });
    throw error;
  }
  await syncFolder(dirname(path));
}

/** Flushes what was written to a file, whoever wrote it. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, "r");
  try {
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes a rename durable; not every file system can, and then it is as durable as that file system makes it. */
export async function syncFolder(directory: string): Promise<void> {
  const handle = await open(directory, "r").catch(() => null);
  if (handle === null) return;
  await handle.sync().catch(() => undefined);
  await handle.close();
}
