import type { FailedOutcome, LostOutcome } from "../../trial/outcome.ts";
import { Deadline } from "../deadline.ts";
import { machineFault } from "../machine-fault.ts";

/** Why a child can run nothing, as the outcome of the trial that wanted it. */
export type Unfit = FailedOutcome | LostOutcome;

/**
 * Whether a child can run trials. Until it is ready it has seen none: whatever is wrong by then is wrong with this
 * machine.
 */
export class Readiness {
  /** Resolves once: null when it is ready, else why it never will be. */
  readonly known: Promise<Unfit | null>;
  #say: (unfit: Unfit | null) => void = () => undefined;

  /**
   * @param died what the death of the child means
   * @param withinMs how long it may say nothing
   */
  constructor(died: Promise<Unfit>, withinMs: number) {
    this.known = this.#await(died, withinMs);
  }

  ready(): void {
    this.#say(null);
  }

  refused(message: string): void {
    this.#say(machineFault(message));
  }

  async #await(died: Promise<Unfit>, withinMs: number): Promise<Unfit | null> {
    let limit: Deadline | undefined;
    const silent = new Promise<Unfit>((resolve) => {
      const message = `the trial's process did not become ready within ${withinMs / 1000} s`;
      limit = new Deadline(withinMs, () => resolve(machineFault(message)), { isAttended: true });
    });
    const said = new Promise<Unfit | null>((resolve) => {
      this.#say = resolve;
    });
    const gone = died.then((unfit) => machineFault(unfit.message ?? "the trial's process died"));
    const unfit = await Promise.race([said, silent, gone]);
    limit?.cancel();
    return unfit;
  }
}
