/** How long one message tells that something is away. */
const TOLD_MS = 1000;

/** Tells that the store or the queue is away, however many calls meet it, once a second. */
export class Outage {
  readonly #tell: (reason: string) => void;
  #isTold = false;

  constructor(tell: (reason: string) => void) {
    this.#tell = tell;
  }

  met(error: unknown): void {
    if (this.#isTold) return;
    this.#isTold = true;
    setTimeout(() => {
      this.#isTold = false;
    }, TOLD_MS).unref();
    this.#tell(error instanceof Error ? error.message : String(error));
  }
}
