import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { directoryFiles } from "../../artifacts/directory.ts";
import type { Reaper } from "./reaper.ts";

/** Temporary directories for the processes of one executor. The watcher removes them where this process no longer can. */
export class Staging {
  readonly #reaper: Reaper;
  #root: Promise<string> | null = null;
  #lent = 0;

  constructor(reaper: Reaper) {
    this.#reaper = reaper;
  }

  /**
   * Lends a directory for a trial's files. Where they are kept in memory it is a temporary one, filled before and read
   * back after. The directory need not exist: what writes there makes it.
   */
  async lend<T>(files: TrialFiles, work: (directory: string) => Promise<T>): Promise<T> {
    if (files.directory !== null) return work(files.directory);
    const staged = directoryFiles(await this.#next());
    try {
      await copy(files, staged);
      const result = await work(staged.directory ?? "");
      await copy(staged, files);
      return result;
    } finally {
      await staged.remove();
    }
  }

  /** Lends an empty directory that is removed afterwards. */
  async lendEmpty<T>(work: (directory: string) => Promise<T>): Promise<T> {
    const directory = await this.#next();
    await mkdir(directory);
    try {
      return await work(directory);
    } finally {
      await rm(directory, { recursive: true, force: true });
    }
  }

  async close(): Promise<void> {
    const root = await this.#root;
    this.#root = null;
    if (root !== null) await rm(root, { recursive: true, force: true });
  }

  async #next(): Promise<string> {
    this.#root ??= this.#makeRoot();
    return join(await this.#root, String(this.#lent++));
  }

  async #makeRoot(): Promise<string> {
    const root = await mkdtemp(join(tmpdir(), "parzen-"));
    this.#reaper.clear(root);
    return root;
  }
}

async function copy(from: TrialFiles, to: TrialFiles): Promise<void> {
  for (const name of await from.list()) {
    const bytes = await from.read(name);
    if (bytes !== null) await to.write(name, bytes);
  }
}
