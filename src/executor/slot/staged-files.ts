import { stat } from "node:fs/promises";
import { join } from "node:path";
import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { directoryFiles } from "../../artifacts/directory.ts";

/** A directory for a trial's files, lent to its process. */
export interface Lent {
  /** It need not exist: what writes there makes it. */
  readonly directory: string;
  /** Brings what changed there to where the trial's files are kept. @throws what that place throws */
  keep(): Promise<void>;
}

/** A temporary copy of files that are kept in no directory. */
export class StagedFiles implements Lent {
  readonly directory: string;
  readonly #files: TrialFiles;
  readonly #staged: TrialFiles;
  /** What is the same in both places: its version by its name. */
  readonly #same = new Map<string, string>();
  #keeping: Promise<void> = Promise.resolve();

  constructor(files: TrialFiles, directory: string) {
    this.#files = files;
    this.directory = directory;
    this.#staged = directoryFiles(directory);
  }

  async fill(): Promise<void> {
    for (const name of await this.#files.list()) {
      const bytes = await this.#files.read(name);
      if (bytes === null) continue;
      await this.#staged.write(name, bytes);
      this.#same.set(name, (await this.#version(name)) ?? "");
    }
  }

  /** What is gone from the copy goes from the original as well. */
  keep(): Promise<void> {
    const kept = this.#keeping.then(() => this.#keep());
    this.#keeping = kept.catch(() => undefined);
    return kept;
  }

  async #keep(): Promise<void> {
    const names = await this.#staged.list();
    for (const name of names) await this.#keepFile(name);
    for (const name of [...this.#same.keys()].filter((known) => !names.includes(known))) {
      await this.#files.removeFile(name);
      this.#same.delete(name);
    }
  }

  async #keepFile(name: string): Promise<void> {
    const version = await this.#version(name);
    if (version === null || version === this.#same.get(name)) return;
    const bytes = await this.#staged.read(name);
    if (bytes === null) return; // removed meanwhile
    await this.#files.write(name, bytes);
    this.#same.set(name, version);
  }

  /** Differs where a file was written since; null where there is none. */
  async #version(name: string): Promise<string | null> {
    const file = await stat(join(this.directory, name), { bigint: true }).catch(() => null);
    return file === null ? null : `${file.ino}.${file.size}.${file.mtimeNs}`;
  }
}
