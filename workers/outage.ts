import { thrownMessage } from "../src/errors.ts";
import { storeFailure } from "../src/store/redis/server/failure.ts";
import type { OutageEvent } from "./options.ts";

/**
 * Tells that the store, or the queue beside it, is away: each reason once, however many calls meet it and however long it
 * takes, and once that it is over.
 */
export class Outage {
  readonly #location: string;
  readonly #tell: (event: OutageEvent) => void;
  /** What was told since the last one was over. */
  readonly #reasons = new Set<string>();
  /** Whether nothing has failed since something went well. */
  #isCalm = true;

  /** @param location of the store, with its password masked */
  constructor(location: string, tell: (event: OutageEvent) => void) {
    this.#location = location;
    this.#tell = tell;
  }

  met(error: unknown): void {
    this.#isCalm = false;
    const failure = storeFailure(error, this.#location); // a command of the queue fails with the server's own words
    const reason = thrownMessage(failure);
    if (this.#reasons.has(reason)) return;
    this.#reasons.add(reason);
    this.#tell({ kind: "waiting", reason });
  }

  /** A call went well that is made from time to time. Others may still fail: it is over with the second in a row. */
  wentWell(): void {
    if (this.#isCalm && this.#reasons.size > 0) {
      this.#reasons.clear();
      this.#tell({ kind: "back" });
    }
    this.#isCalm = true;
  }
}
