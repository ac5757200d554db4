import { setTimeout as sleep } from "node:timers/promises";
import { isParzenError, type ParzenError } from "../../errors.ts";
import { isStoreClosed } from "../../store/closed.ts";

/** How long a store that is busy, away or full is waited for, beyond what each of its calls waits by itself. */
const RETRY_MS = 20_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 2_000;

/** For how long a store is called again, and who hears of it. */
export interface Retry {
  /** How long to wait. Default 20 seconds; infinite for a store that others keep running. */
  readonly limitMs?: number | undefined;
  /** Hears of the first failure, where it is waited for. */
  waiting(error: ParzenError): void;
  /** Whether there is nothing more to wait for. */
  isOver(): boolean;
}

/**
 * Calls the store again while it cannot be reached or is full: results are worth waiting for. Pauses are random, so that
 * many processes do not come back at once.
 *
 * @throws what the store threw last
 */
export function withRetries<T>(call: () => Promise<T>, retry: Retry): Promise<T> {
  return call().catch((error: unknown) => again(call, retry, error));
}

async function again<T>(call: () => Promise<T>, retry: Retry, first: unknown): Promise<T> {
  const giveUpAt = performance.now() + (retry.limitMs ?? RETRY_MS);
  let error = first;
  if (isPassing(error) && !retry.isOver()) retry.waiting(error);
  for (let pauseMs = FIRST_PAUSE_MS; ; pauseMs = Math.min(2 * pauseMs, LONGEST_PAUSE_MS)) {
    if (!isPassing(error) || retry.isOver() || performance.now() + pauseMs > giveUpAt) throw error;
    await sleep(pauseMs * (0.5 + Math.random()));
    try {
      return await call();
    } catch (later) {
      error = later;
    }
  }
}

/** Whether an error of a store may be gone the next time. */
export function isPassing(error: unknown): error is ParzenError {
  if (isStoreClosed(error)) return false;
  if (!isParzenError(error) || (error.code !== "STORE_UNAVAILABLE" && error.code !== "STORE_FULL")) return false;
  const { cause } = error;
  return !(cause instanceof Error && "code" in cause && UNTIL_CHANGED.has(String(cause.code)));
}

/** What the system says of a folder for files that somebody has to change first. */
const UNTIL_CHANGED: ReadonlySet<string> = new Set(["EACCES", "EPERM", "ENOTDIR", "EROFS"]);
