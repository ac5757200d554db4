/** How often a page that is looked at asks again, and how long one is good for at least. */
export const REFRESH_SECONDS = 5;
/** A page of a large study is good for so many times as long as it took to draw: its trials may need the processor. */
const SPARING = 10;

/** A page that is drawn when it is asked for, at most every few seconds and once for all who ask meanwhile. */
export class LiveReport {
  readonly #draw: () => Promise<string>;
  #drawn: Promise<string> | null = null;
  #until = Number.NEGATIVE_INFINITY;

  constructor(draw: () => Promise<string>) {
    this.#draw = draw;
  }

  /** @throws what drawing throws, which is tried again with the next call */
  get(): Promise<string> {
    if (this.#drawn === null || performance.now() > this.#until) this.#drawn = this.#drawAnew();
    return this.#drawn;
  }

  async #drawAnew(): Promise<string> {
    this.#until = Number.POSITIVE_INFINITY;
    const begun = performance.now();
    try {
      const page = await this.#draw();
      const drawn = performance.now();
      this.#until = drawn + Math.max(1000 * REFRESH_SECONDS, SPARING * (drawn - begun));
      return page;
    } catch (error) {
      this.#until = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }
}
