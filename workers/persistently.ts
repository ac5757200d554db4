import { setTimeout as sleep } from "node:timers/promises";
import { ParzenError } from "../src/errors.ts";
import { isPassing, type Retry } from "../src/study/store-retry.ts";

const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2000;

/**
 * Calls the store again for as long as it cannot be reached or is full, until there is nothing more to wait for. Pauses are
 * random, so that many workers do not come back at once.
 *
 * @throws what the store threw last
 */
export async function persistently<T>(call: () => Promise<T>, retry: Retry): Promise<T> {
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    try {
      return await call();
    } catch (error) {
      if (!isPassing(error)) throw error;
      if (pauseMs === FIRST_PAUSE_MS) retry.waiting(error);
      if (retry.isOver()) throw error;
    }
    await sleep(pauseMs * (0.5 + Math.random()));
  }
}

/** Whether a store has no such study or trial any more: nothing can be said about it, now or later. */
export function isGone(error: unknown): boolean {
  return error instanceof ParzenError && (error.code === "STUDY_NOT_FOUND" || error.code === "TRIAL_NOT_FOUND");
}
