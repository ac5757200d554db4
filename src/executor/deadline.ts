import { LONGEST_MS } from "../trial/option-check.ts";

/** The least that an attended deadline waits at once, and what is in the pipes has to be heard after a standstill. */
const PIECE_MS = 1000;

/** A timer that comes later than this tells that the process stood still; an event loop that is merely busy is quicker. */
const STILL_MS = 500;

/**
 * Calls back once, after any time, `Infinity` included: what one timer cannot take is waited for in pieces.
 *
 * An attended one counts the time in which this process ran. While it stands still, as after Ctrl-Z or in a container that
 * is paused, another process may end in good time, or wait for an answer, and nobody hears of it. Such a time does not
 * count, to within a second or a hundredth of the whole.
 */
export class Deadline {
  readonly #isAttended: boolean;
  #timer: NodeJS.Timeout | undefined;

  constructor(ms: number, fire: () => void, { isAttended }: { readonly isAttended: boolean } = { isAttended: false }) {
    this.#isAttended = isAttended;
    this.#wait(ms, fire);
  }

  cancel(): void {
    clearTimeout(this.#timer);
  }

  #wait(ms: number, fire: () => void): void {
    const piece = Math.min(ms, LONGEST_MS, this.#isAttended ? Math.max(PIECE_MS, ms / 100) : LONGEST_MS);
    const since = performance.now();
    const end = (): void => {
      const passed = performance.now() - since;
      const stoodStill = this.#isAttended && passed - piece > STILL_MS;
      const left = ms - (stoodStill ? piece : passed);
      if (left > 0) this.#wait(left, fire);
      else if (stoodStill) this.#timer = setTimeout(fire, PIECE_MS);
      else fire();
    };
    this.#timer = setTimeout(end, piece);
  }
}
