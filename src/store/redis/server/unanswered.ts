import { randomUUID } from "node:crypto";

/** How long a call that got no answer is taken for the one that is made again. */
const KNOWN_MS = 120_000;

/**
 * Ids of calls that make something new. A call that failed without an answer may have happened, or may still: made again
 * with the same arguments it gets the same id, by which the server knows it.
 */
export class Unanswered {
  readonly #ids = new Map<string, { readonly id: string; readonly sinceMs: number }>();

  /** @param call everything that tells the call from others */
  async with<T>(call: string, make: (id: string) => Promise<T>): Promise<T> {
    const earlier = this.#ids.get(call);
    const isKnown = earlier !== undefined && performance.now() - earlier.sinceMs < KNOWN_MS;
    // Taken out at once: two calls that run side by side are two.
    this.#ids.delete(call);
    const id = isKnown ? earlier.id : randomUUID();
    try {
      return await make(id);
    } catch (error) {
      this.#forgetOld();
      this.#ids.set(call, { id, sinceMs: performance.now() });
      throw error;
    }
  }

  #forgetOld(): void {
    for (const [call, { sinceMs }] of this.#ids) {
      if (performance.now() - sinceMs >= KNOWN_MS) this.#ids.delete(call);
    }
  }
}
