/** Machine faults in a row after which a worker takes no more trials: they would only be lost here. */
const MAX_FAULTS = 3;

/** Whether a machine still runs trials at all. */
export class Health {
  #faults = 0;
  #reason: string | null = null;

  /** Why the machine is not fit; null while it is. */
  get reason(): string | null {
    return this.#reason;
  }

  /** An attempt ended as the objective's own doing. */
  ran(): void {
    this.#faults = 0;
  }

  /** @returns whether this is the fault that makes the machine unfit */
  fault(message: string): boolean {
    this.#faults++;
    if (this.#faults < MAX_FAULTS || this.#reason !== null) return false;
    this.#reason = `${this.#faults} faults of this machine in a row, the last: ${message}`;
    return true;
  }
}
