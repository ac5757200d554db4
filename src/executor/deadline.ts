import { LONGEST_MS } from "../trial/option-check.ts";

/** Calls back once, after any time, `Infinity` included: what one timer cannot take is waited for in pieces. */
export class Deadline {
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, fire: () => void) {
    this.#wait(ms, fire);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number, fire: () => void): void {
    const piece = Math.min(ms, LONGEST_MS);
    this.#timer = setTimeout(() => (ms > piece ? this.#wait(ms - piece, fire) : fire()), piece);
  }
}
