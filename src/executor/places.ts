/**
 * A fixed number of places, handed out by order of asking. The one that was given back last goes first: it is warm.
 */
export class Places {
  readonly #free: number[];
  readonly #waiting: ((place: number) => void)[] = [];

  constructor(count: number) {
    this.#free = Array.from({ length: count }, (_, index) => count - 1 - index);
  }

  /** A free place at once, the preferred one if possible, or null where all are taken. */
  take(preferred?: number): number | null {
    const index = preferred === undefined ? -1 : this.#free.indexOf(preferred);
    return (index === -1 ? this.#free.pop() : this.#free.splice(index, 1)[0]) ?? null;
  }

  /** Waits for a place; null where the signal was aborted first. */
  wait(signal: AbortSignal): Promise<number | null> {
    return new Promise((resolve) => {
      const hand = (place: number): void => {
        signal.removeEventListener("abort", leave);
        resolve(place);
      };
      const leave = (): void => {
        this.#waiting.splice(this.#waiting.indexOf(hand), 1);
        resolve(null);
      };
      this.#waiting.push(hand);
      if (signal.aborted) leave();
      else signal.addEventListener("abort", leave, { once: true });
    });
  }

  /** Hands the place to who waits longest, or keeps it free. */
  give(place: number): void {
    const next = this.#waiting.shift();
    if (next === undefined) this.#free.push(place);
    else next(place);
  }
}
