/** How often a page that is looked at asks again, and how long one is good for. */
export const REFRESH_SECONDS = 5;

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
    try {
      const page = await this.#draw();
      this.#until = performance.now() + 1000 * REFRESH_SECONDS;
      return page;
    } catch (error) {
      this.#until = Number.NEGATIVE_INFINITY;
      throw error;
    }
  }
}
