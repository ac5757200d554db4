import { Deadline } from "../src/executor/deadline.ts";
import { MachineHealth } from "../src/study/dispatch/machine-health.ts";
import type { WorkerEnd, WorkerEvent } from "./options.ts";
import type { Condition } from "./presence.ts";

export interface StandingHost {
  /** Whether no trial runs. */
  isIdle(): boolean;
  /** It takes no more trials, for what the event says. */
  closed(event: WorkerEvent): void;
}

/** Whether a worker takes trials, and why it no longer does: it is to end, or its machine is at fault. */
export class Standing {
  /** Resolves once it is to end. */
  readonly left: Promise<void>;
  readonly #idleExitMs: number | null;
  readonly #host: StandingHost;
  readonly #health = new MachineHealth();
  #idle: Deadline | undefined;
  #end: WorkerEnd | null = null;
  #leave: () => void = () => undefined;

  /** @param idleExitMs how long it may be idle before it is to end; null is for ever */
  constructor(idleExitMs: number | null, host: StandingHost) {
    this.#idleExitMs = idleExitMs;
    this.#host = host;
    this.left = new Promise((resolve) => {
      this.#leave = resolve;
    });
  }

  /** Why it is to end; null while it is not. */
  get end(): WorkerEnd | null {
    return this.#end;
  }

  get isOpen(): boolean {
    return this.#end === null && this.#health.reason === null;
  }

  get condition(): Pick<Condition, "state" | "reason"> {
    if (this.#end !== null) return { state: "draining", reason: null };
    const { reason } = this.#health;
    return { state: reason === null ? "serving" : "sick", reason };
  }

  /** The first reason stays, unless its trials are handed back after all. */
  endWith(end: WorkerEnd): void {
    if (this.#end !== null && end !== "handed-back") return;
    this.#end = end;
    this.#leave();
    this.#host.closed({ kind: "draining", end });
  }

  /** @param fault what is wrong with the machine, by an attempt that ended; null where the attempt ran */
  judge(fault: string | null): void {
    if (fault === null) this.#health.ran();
    else if (this.#health.fault(fault)) this.#host.closed({ kind: "sick", reason: this.#health.reason ?? fault });
  }

  /** From here on it is idle, if nothing runs. */
  rest(): void {
    this.#idle?.cancel();
    if (this.#idleExitMs === null || !this.#host.isIdle() || this.#end !== null) return;
    this.#idle = new Deadline(this.#idleExitMs, () => this.endWith("idle"));
  }

  close(): void {
    this.#idle?.cancel();
  }
}
