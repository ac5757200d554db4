import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { directoryFiles } from "../../artifacts/directory.ts";

/**
 * Lends another process a directory for a trial's files. Where they are kept in memory it is a temporary one, filled
 * before and read back after.
 */
export async function withDirectory<T>(files: TrialFiles, work: (directory: string) => Promise<T>): Promise<T> {
  if (files.directory !== null) return work(files.directory);
  return withTemporary(async (directory) => {
    const staged = directoryFiles(directory);
    await copy(files, staged);
    const result = await work(directory);
    await copy(staged, files);
    return result;
  });
}

/** Lends an empty directory that is removed afterwards. */
export async function withTemporary<T>(work: (directory: string) => Promise<T>): Promise<T> {
  const directory = await mkdtemp(join(tmpdir(), "parzen-"));
  try {
    return await work(directory);
  } finally {
    await rm(directory, { recursive: true, force: true });
  }
}

async function copy(from: TrialFiles, to: TrialFiles): Promise<void> {
  for (const name of await from.list()) {
    const bytes = await from.read(name);
    if (bytes !== null) await to.write(name, bytes);
  }
}
