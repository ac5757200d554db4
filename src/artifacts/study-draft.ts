import { renameSync } from "node:fs";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { isErrorOf } from "./absent.ts";
import type { Artifacts } from "./artifacts.ts";
import { directoryArtifacts } from "./directory.ts";
import { draftOf, syncFolder } from "./whole-file.ts";

/**
 * Files of a study that is not in its store yet. They are written beside the place of the study's files, where a process
 * that is killed leaves them to be collected, and come there all at once.
 */
export class StudyDraft {
  readonly #root: string;
  readonly #study: string;
  readonly #draft: string;
  readonly of: Artifacts["of"];

  /**
   * @param root where the files of all studies are
   * @param study its id
   */
  constructor(root: string, study: string) {
    this.#root = root;
    this.#study = study;
    this.#draft = draftOf(join(root, study));
    const drafted = directoryArtifacts(this.#draft);
    this.of = drafted.of;
  }

  /** Moves the files to their place, within the step that makes the study. */
  place(): void {
    try {
      renameSync(join(this.#draft, this.#study), join(this.#root, this.#study));
    } catch (error) {
      if (!isErrorOf(["ENOENT"], error)) throw error; // it has no files
    }
  }

  /** Makes that durable, and removes what the files were in. */
  async end(): Promise<void> {
    await syncFolder(this.#root);
    await rm(this.#draft, { recursive: true, force: true }).catch(() => undefined); // it is collected later
  }
}
