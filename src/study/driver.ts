import { setImmediate } from "node:timers/promises";
import type { Report, Verdict } from "../trial/report.ts";
import type { Holder, RunningTrial, Trial } from "../trial/trial.ts";
import { Attempt, type AttemptHost } from "./attempt.ts";
import type { DriverOptions } from "./driver-options.ts";
import { thisHolder } from "./holder.ts";
import { LEASE_MS, Lead } from "./lead.ts";
import { verdictOf } from "./pruning.ts";
import { recover } from "./recover.ts";
import { type EndReason, stoppedBy } from "./stopping.ts";
import { patiently } from "./store-patience.ts";
import { Wake } from "./wake.ts";

/** How long the driver may keep the event loop to itself. */
const TURN_MS = 20;

/** How often a driver looks for what other processes wrote. */
const POLL_MS = 500;

/** Proposes, runs and commits trials until a stop rule holds: the loop behind `fmin` and `parzen run`. */
export class Driver {
  readonly #options: DriverOptions;
  readonly #running = new Map<number, Attempt>();
  readonly #wake = new Wake();
  readonly #startedAt = performance.now();
  readonly #holder: Holder = thisHolder(0);
  readonly #host: AttemptHost;
  /** Null for a driver that joins another. */
  readonly #lead: Lead | null;
  #isExhausted = false;
  #isPaused = false;
  #turnAt = 0;
  /** How many attempts ended, and how many of these endings the view has seen: none is decided on an older view. */
  #ended = 0;
  #seen = 0;
  #failure: unknown;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#host = this.#attemptHost();
    const { store, view, executor, join } = options;
    const seat = { study: view.study.name, holder: this.#holder, slots: executor.slots };
    this.#lead = join ? null : new Lead(store, seat);
  }

  async drive(): Promise<EndReason> {
    await this.#lead?.take();
    const beat = setInterval(() => this.#beat(), LEASE_MS / 6);
    const poll = setInterval(() => this.#wake.up(), POLL_MS);
    const halt = (): void => this.#halt();
    const drain = (): void => this.#wake.up();
    this.#options.halt?.addEventListener("abort", halt, { once: true });
    this.#options.drain?.addEventListener("abort", drain, { once: true });
    try {
      await this.#refresh();
      await this.#setGoing();
      await this.#recover();
      if (this.#lead !== null) await this.#options.store.collectArtifacts(this.#name);
      return await this.#loop();
    } finally {
      clearInterval(beat);
      clearInterval(poll);
      this.#options.halt?.removeEventListener("abort", halt);
      this.#options.drain?.removeEventListener("abort", drain);
      await this.#settleAll();
      await this.#lead?.resign().catch(() => undefined); // the first error counts
    }
  }

  get #name(): string {
    return this.#options.view.study.name;
  }

  /** What ended an earlier run does not end this one. A study that a person paused stays so. */
  async #setGoing(): Promise<void> {
    const { store, view, join } = this.#options;
    const { control, controlReason } = view.study;
    const isRest = control === "paused" && controlReason === null;
    if (join || control === "running" || isRest) return;
    await store.setControl(this.#name, "running", null);
    await this.#refresh();
  }

  async #loop(): Promise<EndReason> {
    for (;;) {
      if (this.#failure !== undefined) throw this.#failure;
      await this.#letOthersRun();
      if (this.#running.size === 0 && this.#ended !== this.#seen) await patiently(() => this.#refresh(), this.#host);
      const reason = this.#reason();
      if (reason === "cancelled") return await this.#cancel();
      if (reason === "failing" && this.#running.size === 0) return await this.#pause();
      const isFree = this.#running.size < this.#options.executor.slots;
      if (isFree && (await patiently(() => this.#startNext(reason), this.#host))) continue;
      if (this.#running.size === 0 && reason !== null && !this.#waits(reason)) return reason;
      this.#notePause(reason);
      if (!isFree || this.#running.size > 0 || this.#waits(reason)) await this.#wake.next();
      await patiently(() => this.#refresh(), this.#host);
    }
  }

  /** An objective that never waits for anything would keep timers, signals and the lease from being served. */
  async #letOthersRun(): Promise<void> {
    if (performance.now() - this.#turnAt < TURN_MS) return;
    await setImmediate();
    this.#turnAt = performance.now();
  }

  /** Whether the study only rests: somebody paused it and may resume it. */
  #waits(reason: EndReason | null): boolean {
    return reason === "paused" && this.#options.store.isDurable;
  }

  get #isEnding(): boolean {
    return this.#options.drain?.aborted === true || this.#options.halt?.aborted === true;
  }

  #reason(): EndReason | null {
    if (this.#isEnding) return "interrupted";
    const reason = stoppedBy(this.#options.view, performance.now() - this.#startedAt);
    return reason ?? (this.#isExhausted ? "exhausted" : null);
  }

  /** Starts a queued trial, or a new one where no rule forbids it. @returns whether anything changed */
  async #startNext(reason: EndReason | null): Promise<boolean> {
    const { view } = this.#options;
    const queued = mayRunQueued(reason) ? view.queued().find((number) => !this.#running.has(number)) : undefined;
    if (queued !== undefined) {
      this.#start(queued);
      return true;
    }
    if (reason !== null) return false;
    const proposed = await this.#options.proposals.next(this.#options.executor.slots);
    if (proposed.kind === "exhausted") this.#isExhausted = true;
    if (proposed.kind === "reserved") this.#start(proposed.trial.number);
    if (this.#running.size < this.#options.executor.slots) await this.#refresh();
    return true;
  }

  #start(number: number): void {
    if (this.#isEnding) return; // it stays queued
    const attempt = new Attempt(number, this.#host);
    this.#running.set(number, attempt);
    const ended = (trial: Trial | null): void => {
      this.#running.delete(number);
      this.#ended++;
      if (trial !== null) this.#options.listener.settled(trial);
      this.#wake.up();
    };
    attempt.run(this.#holder).then(ended, (error: unknown) => {
      this.#failure ??= error;
      ended(null);
    });
  }

  #attemptHost(): AttemptHost {
    const { store, executor, view, objective, version, listener } = this.#options;
    return {
      store,
      executor,
      study: view.study,
      objective,
      version,
      leaseMs: LEASE_MS,
      waiting: ({ message }) => listener.waiting(message),
      isOver: () => this.#failure !== undefined || this.#options.halt?.aborted === true,
      started: (trial) => listener.started(trial),
      printed: (trial, text) => listener.printed(trial, text),
      judge: (trial, report, verdict) => this.#judge(trial, report, verdict),
    };
  }

  async #judge(trial: RunningTrial, report: Report, known: Verdict): Promise<Verdict> {
    const verdict = known === "continue" ? await this.#prune(trial) : known;
    this.#options.listener.reported(trial, report, verdict);
    return verdict;
  }

  async #prune(trial: RunningTrial): Promise<Verdict> {
    const { pruner, store, view } = this.#options;
    if (pruner.name === "none") return "continue";
    await this.#refresh();
    const verdict = verdictOf(pruner, trial.number, view);
    if (verdict !== "continue") await store.judge(this.#name, trial.number, verdict);
    return verdict;
  }

  async #refresh(): Promise<void> {
    const { store, view } = this.#options;
    const ended = this.#ended;
    await view.refresh(store);
    this.#seen = ended;
    for (const attempt of this.#running.values()) {
      const trial = view.trials[attempt.number];
      if (trial?.state === "running" && trial.verdict === "cancel") attempt.stop("cancel");
    }
  }

  async #recover(): Promise<void> {
    const { store, view, listener } = this.#options;
    for (const trial of await recover(store, view)) listener.settled(trial);
  }

  /** A sign of life for this driver and its trials, and a look for what died elsewhere. */
  #beat(): void {
    const renewals = [...this.#running.values()].map((attempt) => attempt.renew());
    Promise.all([this.#lead?.hold(), ...renewals, this.#recover()]).catch((error: unknown) => {
      this.#failure ??= error;
      this.#wake.up();
    });
  }

  #halt(): void {
    for (const attempt of this.#running.values()) attempt.stop("hand-back");
    this.#wake.up();
  }

  async #cancel(): Promise<EndReason> {
    for (const attempt of this.#running.values()) attempt.stop("cancel");
    while (this.#running.size > 0) await this.#wake.next();
    return "cancelled";
  }

  /** Too many failures, and nothing runs that could still be better. */
  async #pause(): Promise<EndReason> {
    const reason = `the last ${this.#options.view.failuresInARow} trials failed`;
    await this.#options.store.setControl(this.#name, "paused", reason);
    await this.#refresh();
    return "failing";
  }

  /** After an error of the store: whatever runs is handed back, so that nothing outlives its driver. */
  async #settleAll(): Promise<void> {
    this.#halt();
    while (this.#running.size > 0) await this.#wake.next();
  }

  #notePause(reason: EndReason | null): void {
    if (reason === "interrupted") return; // of a pause too, which stays
    const isPaused = reason === "paused";
    if (isPaused && !this.#isPaused) this.#options.listener.paused();
    if (!isPaused && this.#isPaused) this.#options.listener.resumed();
    this.#isPaused = isPaused;
  }
}

/** Trials that already hold a number are run to their end, unless the study is not to run at all. */
function mayRunQueued(reason: EndReason | null): boolean {
  return reason === null || reason === "maxTrials" || reason === "exhausted";
}
