/** Faults in a row after which a machine gets no more trials: they would only be lost there, or come again. */
const MAX_FAULTS = 3;

/** Whether a machine still runs trials at all. */
export class MachineHealth {
  #faults = 0;
  #reason: string | null = null;

  /** Why the machine is not fit; null while it is. */
  get reason(): string | null {
    return this.#reason;
  }

  /** A trial came to run. */
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
