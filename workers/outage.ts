import { storeFailure } from "../src/store/redis/failure.ts";

/** How long one message tells that something is away. */
const TOLD_MS = 1000;

/** Tells that the store, or the queue beside it, is away, however many calls meet it, once a second. */
export class Outage {
  readonly #location: string;
  readonly #tell: (reason: string) => void;
  #isTold = false;

  /** @param location of the store, with its password masked */
  constructor(location: string, tell: (reason: string) => void) {
    this.#location = location;
    this.#tell = tell;
  }

  met(error: unknown): void {
    if (this.#isTold) return;
    this.#isTold = true;
    setTimeout(() => {
      this.#isTold = false;
    }, TOLD_MS).unref();
    const failure = storeFailure(error, this.#location); // a command of the queue fails with the server's own words
    this.#tell(failure instanceof Error ? failure.message : String(failure));
  }
}
