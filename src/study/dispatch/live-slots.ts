import type { Fleet } from "../../executor/fleet.ts";
import type { DispatchHost } from "./dispatch.ts";

/** How long the number of live slots is relied on. */
const SLOTS_MS = 2_000;

/** How many slots of live workers serve a study, asked for now and then. */
export class LiveSlots {
  readonly #fleet: Fleet;
  readonly #host: Pick<DispatchHost, "view" | "listener">;
  #count = 0;
  #countedAt = Number.NEGATIVE_INFINITY;
  #isNone = false;

  constructor(fleet: Fleet, host: Pick<DispatchHost, "view" | "listener">) {
    this.#fleet = fleet;
    this.#host = host;
  }

  get count(): number {
    return this.#count;
  }

  /** Counts them anew where that is due, and says it where there are none any more. */
  async refresh(): Promise<void> {
    if (performance.now() - this.#countedAt < SLOTS_MS) return;
    this.#count = await this.#fleet.slots(this.#host.view.study);
    this.#countedAt = performance.now();
    const isNone = this.#count === 0;
    if (isNone && !this.#isNone) this.#host.listener.waiting("no worker serves this objective");
    this.#isNone = isNone;
  }
}
