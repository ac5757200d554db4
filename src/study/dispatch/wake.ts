/** Lets a loop sleep until something happened. What happens while it is awake counts for its next sleep. */
export class Wake {
  #happened = false;
  #resolve: (() => void) | null = null;
  #soon: NodeJS.Timeout | undefined;

  up(): void {
    this.#happened = true;
    this.#resolve?.();
  }

  /** After a while; what else happens soon counts with it. */
  soon(ms: number): void {
    this.#soon ??= setTimeout(() => {
      this.#soon = undefined;
      this.up();
    }, ms);
  }

  /** Holds no timer any more. */
  close(): void {
    clearTimeout(this.#soon);
  }

  /** Resolves at once where something happened since the last call. */
  async next(): Promise<void> {
    if (!this.#happened) {
      await new Promise<void>((resolve) => {
        this.#resolve = resolve;
      });
    }
    this.#resolve = null;
    this.#happened = false;
  }
}
