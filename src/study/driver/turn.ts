import { setImmediate } from "node:timers/promises";

/** How long a loop may keep the event loop to itself. */
const TURN_MS = 20;

/** Of a loop that never waits for anything: it would keep timers, signals and leases from being served. */
export class Turn {
  #since = performance.now();

  /** Lets the event loop turn once, where it has not for a while. */
  async letOthersRun(): Promise<void> {
    if (performance.now() - this.#since < TURN_MS) return;
    await setImmediate();
    this.#since = performance.now();
  }
}
