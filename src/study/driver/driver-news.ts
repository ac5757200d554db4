import type { DriverListener } from "../dispatch/driver-listener.ts";
import type { EndReason } from "../view/stopping.ts";

/** Tells how a driver samples and whether its study rests, whenever that is not what it was before. */
export class DriverNews {
  readonly #listener: Pick<DriverListener, "sampling" | "paused" | "resumed">;
  #sampling: string | null = null;
  #isPaused = false;

  constructor(listener: Pick<DriverListener, "sampling" | "paused" | "resumed">) {
    this.#listener = listener;
  }

  /** @param how in words; null where there is nothing to say of it */
  samples(how: string | null): void {
    if (how !== null && how !== this.#sampling) this.#listener.sampling(how);
    this.#sampling = how;
  }

  /** @param reason why no trial begins now; null where they do */
  rests(reason: EndReason | null): void {
    if (reason === "interrupted") return; // of a pause too, which stays
    const isPaused = reason === "paused";
    if (isPaused && !this.#isPaused) this.#listener.paused();
    if (!isPaused && this.#isPaused) this.#listener.resumed();
    this.#isPaused = isPaused;
  }
}
