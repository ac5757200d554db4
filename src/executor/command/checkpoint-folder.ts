import { readdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join, relative, sep } from "node:path";
import { absentAsNull, noFolderAsNull } from "../../artifacts/absent.ts";
import { makeFolder } from "../../artifacts/make-folder.ts";
import type { Checkpoint, TrialCheckpoint } from "../../trial/context.ts";

/** How long a folder that is newer than the last report waits for a next one. */
const AHEAD_MS = 1000;

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
    await makeFolder(this.#directory);
    const saved = await this.#checkpoints.load();
    if (saved !== null) await this.#write(saved.files);
    this.#kept = (await this.#look()).version;
    return saved?.step ?? null;
  }

  /**
   * Saves the folder as the checkpoint of a step, where anything in it changed. An emptied one is not saved: a program
   * may empty it before it saves anew, and nothing could go on from it.
   *
   * @param reportedAt when that step was reported, in nanoseconds of the file system's clock: what was written later may
   * belong to the next step, and waits a moment for it. Default: there is none
   * @returns whether it is done; if not, for this or because it is just being written, it should be tried again
   */
  async keep(step: number, reportedAt: bigint | null = null): Promise<boolean> {
    const { version, newest } = await this.#look();
    if (version === this.#kept) return true;
    if (reportedAt !== null && newest > reportedAt && isRecent(reportedAt)) return false;
    const files = await this.#read();
    if (files === null || Object.keys(files).length === 0 || (await this.#look()).version !== version) return false;
    await this.#checkpoints.save(step, files);
    this.#kept = version;
    return true;
  }

  async #write(files: Checkpoint["files"]): Promise<void> {
    for (const [name, bytes] of Object.entries(files)) {
      const path = join(this.#directory, name);
      if (!isBelow(this.#directory, path)) continue;
      await makeFolder(dirname(path));
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

  async #look(): Promise<Look> {
    const names = await this.#list();
    const files = await Promise.all(
      names.map((name) => stat(join(this.#directory, name), { bigint: true }).catch(() => null)),
    );
    const version = JSON.stringify(
      names.map((name, index) => [name, `${files[index]?.ino}.${files[index]?.size}.${files[index]?.ctimeNs}`]),
    );
    const newest = files.reduce((latest, file) => (file !== null && file.ctimeNs > latest ? file.ctimeNs : latest), 0n);
    return { version, newest };
  }

  /** Paths below the folder, with slashes; none where the program removed it, or made a file of it. */
  async #list(): Promise<readonly string[]> {
    const entries = await noFolderAsNull(readdir(this.#directory, { recursive: true, withFileTypes: true }));
    const files = (entries ?? []).filter((entry) => entry.isFile());
    return files
      .map((entry) => relative(this.#directory, join(entry.parentPath, entry.name)).replaceAll(sep, "/"))
      .sort();
  }
}

interface Look {
  /** Differs where anything was written, added or removed since. */
  readonly version: string;
  /** When the newest file came to be as it is, in nanoseconds; 0 where there is none. */
  readonly newest: bigint;
}

function isRecent(time: bigint): boolean {
  return Date.now() - Number(time / 1_000_000n) < AHEAD_MS;
}

/** Whether a path of a stored checkpoint stays in its folder. */
function isBelow(directory: string, path: string): boolean {
  return path.startsWith(directory + sep);
}
