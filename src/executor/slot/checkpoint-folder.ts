import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import type { Checkpoint, TrialCheckpoint } from "../../trial/context.ts";
import type { Verdict } from "../../trial/report.ts";
import { versionOf } from "./staged-files.ts";

/** The folder in which a program keeps its progress, with folders in it as it likes. Links are not followed. */
export class CheckpointFolder {
  readonly #directory: string;
  readonly #checkpoints: TrialCheckpoint;
  /** The folder as it was restored or saved last. */
  #kept = "";

  constructor(directory: string, checkpoints: TrialCheckpoint) {
    this.#directory = directory;
    this.#checkpoints = checkpoints;
  }

  /**
   * Makes the folder, with what an earlier attempt left in it.
   *
   * @returns the step that this covers; null where it is empty
   */
  async restore(): Promise<number | null> {
    await mkdir(this.#directory, { recursive: true });
    const saved = await this.#checkpoints.load();
    if (saved !== null) await this.#write(saved.files);
    this.#kept = await this.#version();
    return saved?.step ?? null;
  }

  /**
   * Saves the folder as the checkpoint of a step, where anything in it changed. What is being written while it is read
   * waits for the next time.
   */
  async keep(step: number): Promise<Verdict> {
    const version = await this.#version();
    if (version === this.#kept) return "continue";
    const files = await this.#read();
    if (files === null || (await this.#version()) !== version) return "continue";
    const verdict = await this.#checkpoints.save(step, files);
    this.#kept = version;
    return verdict;
  }

  async #write(files: Checkpoint["files"]): Promise<void> {
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(this.#directory, name);
      if (!isBelow(this.#directory, path)) continue;
      await mkdir(dirname(path), { recursive: true });
      await writeFile(path, bytes);
    }
  }

  /** Null where one vanished in between. */
  async #read(): Promise<Checkpoint["files"] | null> {
    const files: [string, Uint8Array][] = [];
    for (const name of await this.#list()) {
      const bytes = await absentAsNull(readFile(join(this.#directory, name)));
      if (bytes === null) return null;
      files.push([name, bytes]);
    }
    return Object.fromEntries(files);
  }

  /** Differs where anything was written, added or removed since. */
  async #version(): Promise<string> {
    const names = await this.#list();
    const versions = await Promise.all(names.map((name) => versionOf(join(this.#directory, name))));
    return JSON.stringify(names.map((name, index) => [name, versions[index]]));
  }

  /** Paths below the folder, with slashes; none where the program removed it. */
  async #list(): Promise<readonly string[]> {
    const entries = await absentAsNull(readdir(this.#directory, { recursive: true, withFileTypes: true }));
    const files = (entries ?? []).filter((entry) => entry.isFile());
    return files
      .map((entry) => relative(this.#directory, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
      .sort();
  }
}

/** Whether a path of a stored checkpoint stays in its folder. */
function isBelow(directory: string, path: string): boolean {
  return path.startsWith(directory + sep);
}

async function absentAsNull<T>(reading: Promise<T>): Promise<T | null> {
  try {
    return await reading;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
