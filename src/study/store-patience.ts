import { setTimeout as sleep } from "node:timers/promises";
import { ParzenError } from "../errors.ts";

/** How long a store that is busy, away or full is waited for, beyond what each of its calls waits by itself. */
const PATIENCE_MS = 20_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export interface Patience {
  /** Hears of the first failure. */
  waiting(error: ParzenError): void;
  /** Whether there is nothing more to wait for. */
  isOver(): boolean;
}

/**
 * Calls the store again while it cannot be reached or is full: results are worth waiting for.
 *
 * @throws what the store threw last
 */
export async function patiently<T>(call: () => Promise<T>, patience: Patience): Promise<T> {
  let giveUpAt: number | null = null;
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error) || patience.isOver()) throw error;
      if (giveUpAt === null) patience.waiting(error);
      giveUpAt ??= performance.now() + PATIENCE_MS;
      if (performance.now() + pauseMs > giveUpAt) throw error;
      await sleep(pauseMs);
    }
  }
}

/** Whether an error of a store may be gone the next time. */
export function isPassing(error: unknown): error is ParzenError {
  return error instanceof ParzenError && (error.code === "STORE_UNAVAILABLE" || error.code === "STORE_FULL");
}
