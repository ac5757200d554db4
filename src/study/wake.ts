/** Lets a loop sleep until something happened. What happens while it is awake counts for its next sleep. */
export class Wake {
  #happened = false;
  #resolve: (() => void) | null = null;

  up(): void {
    this.#happened = true;
    this.#resolve?.();
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
