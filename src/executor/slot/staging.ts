import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { directoryFiles } from "../../artifacts/directory.ts";

/**
 * Lends other processes a directory for a trial's files. Where they are kept in memory it is a temporary one, filled
 * before and read back after. The directory need not exist: what writes there makes it.
 */
export class Staging {
  #root: Promise<string> | null = null;
  #lent = 0;

  async lend<T>(files: TrialFiles, work: (directory: string) => Promise<T>): Promise<T> {
    if (files.directory !== null) return work(files.directory);
    this.#root ??= mkdtemp(join(tmpdir(), "parzen-"));
    const staged = directoryFiles(join(await this.#root, String(this.#lent++)));
    let copied = await copy(files, staged);
    try {
      const result = await work(staged.directory ?? "");
      copied += await copy(staged, files);
      return result;
    } finally {
      if (copied > 0) await staged.remove();
    }
  }

  async close(): Promise<void> {
    const root = await this.#root;
    this.#root = null;
    if (root !== null) await rm(root, { recursive: true, force: true });
  }
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

/** @returns how many files there were */
async function copy(from: TrialFiles, to: TrialFiles): Promise<number> {
  const names = await from.list();
  for (const name of names) {
    const bytes = await from.read(name);
    if (bytes !== null) await to.write(name, bytes);
  }
  return names.length;
}
