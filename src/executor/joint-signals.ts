/**
 * Signals that are aborted each with one of its own, or all together. `AbortSignal.any` would do, but of each signal that
 * it made Node 20 keeps something for as long as the source lives that is common to all.
 */
export class JointSignals {
  readonly #controllers = new Set<AbortController>();
  readonly #all = new AbortController();

  /** Whether all were. */
  get areAborted(): boolean {
    return this.#all.signal.aborted;
  }

  /** Calls `work` with a signal that is aborted with `own`, or with all; it is the work's alone. */
  async during<T>(own: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const controller = new AbortController();
    const abort = (): void => controller.abort(own.reason);
    if (own.aborted) abort();
    if (this.#all.signal.aborted) controller.abort(this.#all.signal.reason);
    own.addEventListener("abort", abort, { once: true });
    this.#controllers.add(controller);
    try {
      return await work(controller.signal);
    } finally {
      own.removeEventListener("abort", abort);
      this.#controllers.delete(controller);
    }
  }

  /** Aborts all there are, and those to come. */
  abort(reason: unknown): void {
    this.#all.abort(reason);
    for (const controller of this.#controllers) controller.abort(reason);
  }
}
