import { ParzenError } from "../../errors.ts";
import type { Trial } from "../../trial/trial.ts";
import { Attempt } from "../attempt/attempt.ts";
import type { AttemptHost } from "../attempt/attempt-host.ts";
import type { ProposalTerms } from "../proposal/proposals.ts";
import type { EndReason } from "../view/stopping.ts";
import { attemptHost, type LocalDispatchOptions } from "./attempt-host.ts";
import type { Dispatch, DispatchHost } from "./dispatch.ts";
import { MachineHealth } from "./machine-health.ts";
import { Wake } from "./wake.ts";

/** Evaluates trials in this process: each is claimed, watched over and committed by an attempt of its own. */
export class LocalDispatch implements Dispatch {
  readonly terms: ProposalTerms = Object.freeze({});
  readonly #options: LocalDispatchOptions;
  readonly #host: DispatchHost;
  readonly #attemptHost: AttemptHost;
  readonly #running = new Map<number, Attempt>();
  readonly #ended = new Wake();
  readonly #health = new MachineHealth();
  /** How many attempts ended, and how many of these endings the view has seen. */
  #endings = 0;
  #seen = 0;

  constructor(options: LocalDispatchOptions, host: DispatchHost) {
    this.#options = options;
    this.#host = host;
    this.#attemptHost = attemptHost(options, host);
  }

  get places(): number {
    return this.#options.executor.slots;
  }

  get room(): number {
    return this.#running.size < this.places ? 1 : 0;
  }

  get isAhead(): boolean {
    return this.#running.size === 0 && this.#endings !== this.#seen;
  }

  pending(_reason: EndReason | null): number {
    return this.#running.size;
  }

  startQueued(): boolean {
    const { view } = this.#host;
    for (const number of view.queued()) {
      if (this.#running.has(number)) continue;
      this.#start(number);
      return true;
    }
    return false;
  }

  start(trials: readonly Trial[]): boolean {
    for (const { number } of trials) this.#start(number);
    return false;
  }

  async look(refresh: () => Promise<unknown>): Promise<void> {
    const endings = this.#endings;
    await refresh();
    this.#seen = endings;
    for (const attempt of this.#running.values()) {
      const trial = this.#host.view.trials[attempt.number];
      if (trial?.state === "running" && trial.verdict === "cancel") attempt.stop("cancel");
    }
  }

  async renew(): Promise<void> {
    await Promise.all([...this.#running.values()].map((attempt) => attempt.renew()));
  }

  async cancel(): Promise<void> {
    for (const attempt of this.#running.values()) attempt.stop("cancel");
  }

  handBack(): void {
    for (const attempt of this.#running.values()) attempt.stop("hand-back");
  }

  async idle(): Promise<void> {
    while (this.#running.size > 0) await this.#ended.next();
  }

  #start(number: number): void {
    if (this.#host.isEnding()) return; // it stays queued
    const slot = this.#freeSlot();
    const attempt = new Attempt(number, { ...this.#attemptHost, slot });
    this.#running.set(number, attempt);
    attempt.run(Object.freeze({ ...this.#options.holder, slot })).then(
      (trial) => this.#end(attempt, trial),
      (error: unknown) => {
        this.#host.fail(error);
        this.#end(attempt, null);
      },
    );
  }

  /** The first: the processes of the first slots are warm. */
  #freeSlot(): number {
    const taken = new Set([...this.#running.values()].map(({ slot }) => slot));
    let slot = 0;
    while (taken.has(slot)) slot++;
    return slot;
  }

  #end(attempt: Attempt, trial: Trial | null): void {
    this.#running.delete(attempt.number);
    this.#endings++;
    this.#judgeMachine(attempt);
    if (trial !== null) this.#host.listener.settled(trial);
    this.#ended.up();
    this.#host.wake();
  }

  #judgeMachine({ number, machineFault: fault }: Attempt): void {
    if (fault === null) {
      this.#health.ran();
      return;
    }
    this.#host.listener.fault(number, fault);
    if (!this.#health.fault(fault)) return;
    this.#host.fail(
      new ParzenError("MACHINE_FAULT", `this machine cannot run trials: ${fault}`, {
        hint: "The trials are back in the queue; mend the machine and go on",
      }),
    );
  }
}
