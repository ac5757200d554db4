import type { Checkpoint, TrialCheckpoint } from "../trial/context.ts";
import type { Verdict } from "../trial/report.ts";
import type { TrialFiles } from "./artifacts.ts";
import { checkSave, manifestOf, namesIn } from "./checkpoint-files.ts";
import { checkpointName, parseCheckpointName, type Save } from "./checkpoint-names.ts";

/** What an attempt's checkpoints need of it. */
export interface CheckpointedAttempt {
  readonly files: TrialFiles;
  readonly attempt: number;
  /** The step that the store knows the trial's files to cover; null where it knows of none. */
  readonly resumedFrom: number | null;
  /** Tells the store that the files are there. */
  note(step: number): Promise<Verdict>;
  /** Hears of what is not saved. Without it a save that fails and that nobody waits for is an unhandled rejection. */
  unsaved?(error: unknown, step: unknown): void;
}

/**
 * The checkpoints of one attempt, kept among its trial's files. A save writes its files, then what names them, then
 * tells the store, and only then removes what came before; so whatever is killed at whatever moment, the files up to
 * the step that the store knows are there.
 */
export class Checkpoints implements TrialCheckpoint {
  readonly #of: CheckpointedAttempt;
  #known: number;
  #saves = 0;
  #saving: Promise<unknown> = Promise.resolve();
  #isOver = false;
  #hasFailed = false;

  constructor(attempt: CheckpointedAttempt) {
    this.#of = attempt;
    this.#known = attempt.resumedFrom ?? -1;
  }

  /** Whether a save was refused or failed, waited for or not. */
  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  // An arrow function, so that an objective may take it out of its context. Saves take their turns.
  readonly save: TrialCheckpoint["save"] = (step, given) => {
    const saved = this.#inTurn(step, given);
    if (this.#of.unsaved !== undefined) saved.catch(() => undefined);
    return saved;
  };

  readonly load: TrialCheckpoint["load"] = async () => {
    await this.#saving;
    const names = (await this.#of.files.list()).map(parseCheckpointName).filter((name) => name !== null);
    const whole = names.filter(({ isWhole }) => isWhole).sort(byNewest);
    for (const save of this.#inOrder(whole)) {
      const files = await this.#read(save);
      if (files !== null) return { step: save.step, files };
    }
    return null;
  };

  /** The trial has ended: saves that wait are not made. Resolves when the one that is being made has come to its end. */
  async end(): Promise<void> {
    this.#isOver = true;
    await this.#saving;
  }

  /**
   * First those that the store knows of: its reports end with them. A later one is better than none where they have
   * gone, as happens to a worker that could not reach the store; but not than the beginning, whose reports are whole.
   */
  #inOrder(whole: readonly Save[]): readonly Save[] {
    const known = whole.filter(({ step }) => step <= this.#known);
    return this.#known < 0 ? known : [...known, ...whole.filter(({ step }) => step > this.#known)];
  }

  async #inTurn(step: number, given: Parameters<TrialCheckpoint["save"]>[1]): Promise<Verdict> {
    let files: Checkpoint["files"];
    try {
      files = checkSave(step, given);
    } catch (refused) {
      this.#unsaved(refused, step);
      throw refused;
    }
    const saved = this.#saving.then(() => this.#save(step, files));
    this.#saving = saved.catch(() => undefined);
    return saved;
  }

  async #save(step: number, files: Checkpoint["files"]): Promise<Verdict> {
    if (this.#isOver) return "cancel";
    const save = { step, attempt: this.#of.attempt, save: this.#saves++ };
    const written: string[] = [];
    try {
      await this.#write(save, files, written);
      const verdict = await this.#of.note(step);
      if (verdict === "cancel") await this.#remove(written);
      else await this.#replace(step, written);
      return verdict;
    } catch (error) {
      this.#unsaved(error, step);
      await this.#remove(written);
      throw error;
    }
  }

  #unsaved(error: unknown, step: unknown): void {
    this.#hasFailed = true;
    this.#of.unsaved?.(error, step);
  }

  /** @param written gets the name of each file before it is written */
  async #write(save: Save, files: Checkpoint["files"], written: string[]): Promise<void> {
    const write = async (part: number | "whole", bytes: Uint8Array): Promise<void> => {
      const name = checkpointName(save, part);
      written.push(name);
      await this.#of.files.write(name, bytes);
    };
    for (const [index, bytes] of Object.values(files).entries()) await write(index, bytes);
    await write("whole", manifestOf(files));
  }

  /** The files written are the checkpoint now: earlier ones go, those of the same step, and all of attempts before. */
  async #replace(step: number, written: readonly string[]): Promise<void> {
    this.#known = Math.max(this.#known, step);
    const stay = new Set(written);
    const names = await this.#of.files.list().catch(() => []);
    const { attempt } = this.#of;
    const isPast = (save: Save | null): boolean =>
      save !== null && (save.attempt < attempt || (save.attempt === attempt && save.step <= step));
    await this.#remove(names.filter((name) => !stay.has(name) && isPast(parseCheckpointName(name))));
  }

  /** What cannot be removed now goes with a later checkpoint, or with the last. */
  async #remove(names: readonly string[]): Promise<void> {
    for (const name of names) await this.#of.files.removeFile(name).catch(() => undefined);
  }

  /** Null where it is not whole. */
  async #read(save: Save): Promise<Checkpoint["files"] | null> {
    const { files } = this.#of;
    const names = namesIn(await files.read(checkpointName(save, "whole")));
    if (names === null) return null;
    const entries: [string, Uint8Array][] = [];
    for (const [index, name] of names.entries()) {
      const bytes = await files.read(checkpointName(save, index));
      if (bytes === null) return null;
      entries.push([name, bytes]);
    }
    return Object.fromEntries(entries);
  }
}

/** An attempt that saved a lower step than the one before it began anew, and had its reason. */
function byNewest(a: Save, b: Save): number {
  return b.attempt - a.attempt || b.step - a.step || b.save - a.save;
}

/**
 * Removes the checkpoints of a trial that has ended: nothing goes on from them. What cannot be removed stays, for the
 * trial's result is worth more than the room they take.
 */
export async function removeCheckpoints(files: TrialFiles): Promise<void> {
  const names = await files.list().catch(() => []);
  const checkpoints = names.filter((name) => parseCheckpointName(name) !== null);
  for (const name of checkpoints) await files.removeFile(name).catch(() => undefined);
}
