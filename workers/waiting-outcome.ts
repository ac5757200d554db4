import { systemReason } from "../src/errors.ts";
import type { Committed } from "../src/store/store.ts";
import { isGone } from "../src/store/study-errors.ts";
import { isPassing, type Retry } from "../src/study/attempt/store-retry.ts";
import type { KeptOutcome, Spool } from "./spool.ts";

/** How long an outcome waits for the store before it is written to the disk. */
const KEEP_AFTER_MS = 1000;

export interface WaitingOptions {
  readonly spool: Spool;
  /** Over when this process ends: what could not be committed stays on the disk. */
  readonly retry: Retry;
  /** An outcome is on the disk now, because the store is away. */
  kept(): void;
  /** It cannot be, and is gone if this process ends before the store is back. Told once. */
  unkept(reason: string): void;
}

/** An outcome on its way to the store: on the disk while that takes long, and for good where this process ends before. */
export class WaitingOutcome {
  readonly #options: WaitingOptions;
  readonly #outcome: () => KeptOutcome | null;
  /** Null where it is not on the disk, nor on its way there. */
  #keeping: Promise<KeptOutcome | null> | null = null;
  #look: NodeJS.Timeout | undefined;
  #isUnkept = false;

  /** @param outcome as it is to be kept now; null for one that nobody else could commit */
  constructor(options: WaitingOptions, outcome: () => KeptOutcome | null) {
    this.#options = options;
    this.#outcome = outcome;
  }

  /** @returns what came of its commit; `ignored` also where it stays on the disk */
  async until(committing: Promise<Committed>): Promise<Committed> {
    committing.catch(() => undefined); // heard below, unless this process leaves before
    try {
      const committed = await Promise.race([committing, this.#left()]);
      if (committed === null) return { kind: "ignored" };
      await this.#forget();
      return committed;
    } catch (error) {
      if (isGone(error)) await this.#forget();
      else if ((await (this.#keeping ?? this.#keep())) !== null && isPassing(error)) return { kind: "ignored" };
      throw error;
    } finally {
      clearInterval(this.#look);
    }
  }

  /** Keeps it on the disk from some time on. Resolves where this process ends while it is there. */
  #left(): Promise<null> {
    return new Promise((resolve) => {
      this.#look = setInterval(async () => {
        this.#keeping ??= this.#keep();
        const kept = await this.#keeping;
        // What the disk did not take it may take the next time.
        if (kept === null) this.#keeping = null;
        else if (this.#options.retry.isOver()) resolve(null);
      }, KEEP_AFTER_MS);
    });
  }

  /** @returns what is on the disk now; null where the disk does not take it, or nobody could commit it */
  async #keep(): Promise<KeptOutcome | null> {
    const outcome = this.#outcome();
    if (outcome === null) return null;
    const { spool, kept, unkept } = this.#options;
    try {
      await spool.write(outcome);
    } catch (error) {
      if (!this.#isUnkept) unkept(systemReason(error));
      this.#isUnkept = true;
      return null; // the commit goes on by itself
    }
    kept();
    return outcome;
  }

  async #forget(): Promise<void> {
    const kept = await this.#keeping;
    if (kept) await this.#options.spool.remove(kept);
  }
}
