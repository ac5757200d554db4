import { setTimeout as sleep } from "node:timers/promises";
import { ParzenError } from "../errors.ts";

/** How long a store that is busy, away or full is waited for, beyond what each of its calls waits by itself. */
const PATIENCE_MS = 20_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

export interface Patience {
  /** How long to wait. Default 20 seconds; infinite for a store that others keep running. */
  readonly limitMs?: number | undefined;
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
export function patiently<T>(call: () => Promise<T>, patience: Patience): Promise<T> {
  return call().catch((error: unknown) => again(call, patience, error));
}

async function again<T>(call: () => Promise<T>, patience: Patience, first: unknown): Promise<T> {
  const giveUpAt = performance.now() + (patience.limitMs ?? PATIENCE_MS);
  let error = first;
  if (isPassing(error)) patience.waiting(error);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (!isPassing(error) || patience.isOver() || performance.now() + pauseMs > giveUpAt) throw error;
    await sleep(pauseMs);
    try {
      return await call();
    } catch (later) {
      error = later;
    }
  }
}

/** Whether an error of a store may be gone the next time. */
export function isPassing(error: unknown): error is ParzenError {
  return error instanceof ParzenError && (error.code === "STORE_UNAVAILABLE" || error.code === "STORE_FULL");
}
