/** How long a consumer that takes nothing more waits for Redis, with each command. */
const CLOSE_MS = 2000;

/** Waits for Redis: as long as it takes at first, and a short while with each command once it is to end. */
export class Answers {
  #isEnding = false;
  /** Ends the waiting for commands that Redis does not answer. */
  readonly #waits = new Set<() => void>();

  /** What a command gives, or null where Redis does not answer in time. */
  async of<T>(command: Promise<T>): Promise<T | null> {
    let giveUp: () => void = () => undefined;
    const silence = new Promise<null>((resolve) => {
      giveUp = () => resolve(null);
    });
    this.#waits.add(giveUp);
    const timer = this.#isEnding ? setTimeout(giveUp, CLOSE_MS) : undefined;
    try {
      return await Promise.race([command, silence]);
    } finally {
      clearTimeout(timer);
      this.#waits.delete(giveUp);
    }
  }

  end(): void {
    this.#isEnding = true;
    for (const giveUp of this.#waits) setTimeout(giveUp, CLOSE_MS).unref();
  }
}
