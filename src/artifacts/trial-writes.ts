import { ParzenError, show } from "../errors.ts";
import type { TrialArtifacts } from "../trial/context.ts";
import { checkFileName } from "./file-name.ts";

/**
 * A trial's files as its objective has them, which may not wait for what it writes: a write that fails is told, and the
 * trial's end waits for those that are still under way.
 */
export class TrialWrites implements TrialArtifacts {
  readonly #files: TrialArtifacts;
  readonly #unkept: ((error: unknown, name: string) => void) | undefined;
  readonly #underWay = new Set<Promise<void>>();
  #hasFailed = false;

  /**
   * @param unkept hears of what is not kept, also where somebody waits for it. Without it a write that fails and that nobody
   * waits for is an unhandled rejection
   */
  constructor(files: TrialArtifacts, unkept?: (error: unknown, name: string) => void) {
    this.#files = files;
    this.#unkept = unkept;
  }

  get isWriting(): boolean {
    return this.#underWay.size > 0;
  }

  /** Whether a write failed, waited for or not. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  // Arrow functions, so that an objective may take them out of their object.
  readonly write: TrialArtifacts["write"] = (name, bytes) => {
    const written = this.#write(name, bytes);
    const heard = written
      .catch((error: unknown) => {
        this.#hasFailed = true;
        this.#unkept?.(error, name);
      })
      .finally(() => this.#underWay.delete(heard));
    this.#underWay.add(heard);
    // Another promise is rejected too, without anybody who hears of it unless the objective waits for it.
    return this.#unkept === undefined ? written.then() : written;
  };

  readonly read: TrialArtifacts["read"] = (name) => {
    const read = this.#files.read(name);
    read.catch(() => undefined); // what nobody waits for, nobody misses
    return read;
  };

  /** Resolves when no write is under way. */
  async end(): Promise<void> {
    while (this.isWriting) await Promise.all(this.#underWay);
  }

  async #write(name: string, bytes: Uint8Array): Promise<void> {
    checkFileName(name);
    checkBytes(name, bytes);
    await this.#files.write(name, bytes);
  }
}

/** @throws OPTION_INVALID */
function checkBytes(name: string, bytes: unknown): void {
  if (bytes instanceof Uint8Array) return;
  const hint = typeof bytes === "string" ? { hint: "`new TextEncoder().encode(text)` gives the bytes of a text." } : {};
  const message = `trial.artifacts.write("${name}", bytes): expected bytes to be a Uint8Array, received ${show(bytes)}`;
  throw new ParzenError("OPTION_INVALID", message, hint);
}
