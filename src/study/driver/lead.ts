import { ParzenError } from "../../errors.ts";
import type { Store } from "../../store/store.ts";
import type { DriverLease } from "../../store/study-record.ts";
import type { Holder } from "../../trial/trial.ts";
import { isDead, lifeOf } from "../attempt/holder.ts";

/** How long a driver and its trials count as alive without a sign of life. */
export const LEASE_MS = 60_000;

/** What a process wants to drive, and for how long without a sign of life. */
export interface Seat {
  readonly study: string;
  readonly holder: Holder;
  /** How many it has now: those of a fleet come and go. */
  slots(): number;
  readonly leaseMs: number;
}

/** What to do about a study that another process runs. */
const WAYS = "`stop()` of the study ends that process; `drive` with `join` runs it from here too.";

/** A process's hold on a study's one driver's seat; of one that joins another driver, nothing. */
export class Lead {
  readonly #store: Store;
  readonly #study: string;
  readonly holder: Holder;
  readonly #slots: () => number;
  readonly #leaseMs: number;
  #told = 0;

  constructor(store: Store, seat: Seat) {
    this.#store = store;
    this.#study = seat.study;
    this.holder = seat.holder;
    this.#slots = seat.slots;
    this.#leaseMs = seat.leaseMs;
  }

  /** Sees that the seat may be taken: a living process of this host keeps it, also past its lease. @throws STUDY_LIVE */
  async check(): Promise<void> {
    const { study, nowMs } = await this.#store.snapshot(this.#study, Number.MAX_SAFE_INTEGER);
    const { driver } = study;
    if (driver === null) return;
    const life = lifeOf(driver.holder);
    if (life === "own" || life === "dead") return;
    if (life === "living" || driver.leaseUntilMs > nowMs) throw studyLive(this.#study, driver, { nowMs, hint: WAYS });
  }

  /** Takes the seat, from a dead process at once, or keeps it. @throws STUDY_LIVE */
  async hold(): Promise<void> {
    const options = { leaseMs: this.#leaseMs, slots: this.#slots() };
    this.#told = options.slots;
    const led = await this.#store.lead(this.#study, this.holder, options);
    if (led.kind === "leading") return;
    const { holder } = led.by;
    if (isDead(holder)) {
      const taken = await this.#store.lead(this.#study, this.holder, { ...options, takeFrom: holder });
      if (taken.kind === "leading") return;
    }
    const { nowMs } = await this.#store.snapshot(this.#study, Number.MAX_SAFE_INTEGER);
    throw studyLive(this.#study, led.by, { nowMs, hint: WAYS });
  }

  /** Keeps the seat where the slots are others than it told last: whoever asks for the study's state sees them at once. */
  async tellSlots(): Promise<void> {
    if (this.#slots() !== this.#told) await this.hold();
  }

  resign(): Promise<void> {
    return this.#store.resign(this.#study, this.holder);
  }
}

/** @param how the time by the store's clock, and what to do */
export function studyLive(
  study: string,
  { holder, leaseUntilMs }: DriverLease,
  { nowMs, hint }: { readonly nowMs: number; readonly hint: string },
): ParzenError {
  const { pid, host } = holder;
  const seconds = Math.max(1, Math.ceil((leaseUntilMs - nowMs) / 1000));
  const doubt = lifeOf(holder) === "unknown" ? `; if it was killed, that is known in ${seconds} s` : "";
  return new ParzenError("STUDY_LIVE", `study "${study}" is being run by process ${pid} on ${host}${doubt}`, { hint });
}
