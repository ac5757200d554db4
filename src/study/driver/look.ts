import type { Dispatch } from "../dispatch/dispatch.ts";
import type { DriverOptions } from "./driver-options.ts";
import type { Lead } from "./lead.ts";

/** How long a look at the study is enough to propose from, where nothing is known to have ended since. */
const FRESH_MS = 10;

/** What a driver needs to look at its study. */
export interface LookParts extends Pick<DriverOptions, "store" | "view"> {
  readonly dispatch: Dispatch;
  /** Null for a driver that joins another. */
  readonly lead: Lead | null;
}

/** A driver's look at its study, as every process wrote it. */
export class Look {
  readonly #parts: LookParts;
  #at = Number.NEGATIVE_INFINITY;

  constructor(parts: LookParts) {
    this.#parts = parts;
  }

  /** Whether the last one was just now. */
  get isFresh(): boolean {
    return performance.now() - this.#at < FRESH_MS;
  }

  async again(): Promise<void> {
    const { store, view, dispatch, lead } = this.#parts;
    this.#at = performance.now();
    await dispatch.look(() => view.refresh(store));
    await lead?.tellSlots();
  }
}
