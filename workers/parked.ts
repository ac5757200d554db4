import type { Delivery } from "../src/executor/bullmq/held-jobs.ts";

/**
 * Trials that another worker may still have, kept without a slot until somebody looks at them again, a quarter of a lease
 * later. After a silence of half a lease the store would take it that the server had been away, and prolong the very lease
 * whose end is waited for.
 */
export class ParkedTrials {
  readonly #waitMs: number;
  readonly #timers = new Set<NodeJS.Timeout>();

  /** @param leaseMs how long a worker has a trial without a sign of life */
  constructor(leaseMs: number) {
    this.#waitMs = leaseMs / 4;
  }

  park(delivery: Delivery, giveBack: (delivery: Delivery) => Promise<void>): void {
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      void giveBack(delivery);
    }, this.#waitMs);
    this.#timers.add(timer);
  }

  /** Gives nothing back any more. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
  }
}
