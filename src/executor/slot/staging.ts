import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { isArtifactRefusal } from "../../artifacts/refusal.ts";
import { ParzenError, systemReason } from "../../errors.ts";
import type { Evaluation } from "../executor.ts";
import type { Reaper } from "../process/reaper.ts";
import { failed } from "../result.ts";
import { type Lent, StagedFiles } from "./staged-files.ts";

/** Temporary directories for the processes of one executor. The watcher removes them where this process no longer can. */
export class Staging {
  readonly #reaper: Reaper;
  #root: Promise<string> | null = null;
  #lent = 0;

  constructor(reaper: Reaper) {
    this.#reaper = reaper;
  }

  /**
   * Lends a directory for a trial's files. Where they are kept in none it is a temporary one, filled before and read
   * back after. A complete trial whose files cannot be kept has failed.
   */
  async lend(files: TrialFiles, work: (lent: Lent) => Promise<Evaluation>): Promise<Evaluation> {
    if (files.directory !== null) return work({ directory: files.directory, keep: async () => undefined });
    const staged = new StagedFiles(files, await this.#next());
    try {
      await staged.fill();
      const evaluation = await work(staged);
      return await staged.keep().then(
        () => evaluation,
        (error: unknown) => unkept(evaluation, error),
      );
    } finally {
      await removed(staged.directory);
    }
  }

  /** Lends an empty directory that is removed afterwards. */
  async lendEmpty<T>(work: (directory: string) => Promise<T>): Promise<T> {
    const directory = await this.#next();
    await mkdir(directory);
    try {
      return await work(directory);
    } finally {
      await removed(directory);
    }
  }

  async close(): Promise<void> {
    const root = await this.#root?.catch(() => null); // who needed it was told
    this.#root = null;
    if (root) await removed(root);
  }

  async #next(): Promise<string> {
    this.#root ??= this.#makeRoot();
    return join(await this.#root, String(this.#lent++));
  }

  async #makeRoot(): Promise<string> {
    try {
      const root = await mkdtemp(join(tmpdir(), "parzen-"));
      this.#reaper.clear(root);
      return root;
    } catch (cause) {
      this.#root = null; // the next trial tries again
      const message = `no temporary folder can be made in ${tmpdir()}, as TMPDIR has it: ${systemReason(cause)}`;
      throw new ParzenError("MACHINE_FAULT", message, { cause });
    }
  }
}

/** A program may leave what cannot be removed, such as a folder that it made read-only: its result counts all the same. */
async function removed(directory: string): Promise<void> {
  await rm(directory, { recursive: true, force: true }).catch(() => undefined);
}

/** @throws what is no refusal */
function unkept(evaluation: Evaluation, error: unknown): Evaluation {
  if (!isArtifactRefusal(error)) throw error;
  if (evaluation.outcome.kind !== "complete") return evaluation;
  return { ...evaluation, outcome: failed("error", error.message) };
}
