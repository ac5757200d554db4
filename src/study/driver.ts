import type { ChangeHint } from "../store/store.ts";
import { isStudyNotFound, studyGone } from "../store/study-errors.ts";
import type { Report } from "../trial/report.ts";
import type { Trial } from "../trial/trial.ts";
import type { Dispatch, DispatchHost } from "./dispatch.ts";
import { DriverNews } from "./driver-news.ts";
import { type DriverOptions, dispatchOf, usesFleet } from "./driver-options.ts";
import { thisHolder } from "./holder.ts";
import { Lead } from "./lead.ts";
import type { Proposed } from "./proposals.ts";
import { decides, prune } from "./pruning.ts";
import { startPulse } from "./pulse.ts";
import { recover } from "./recover.ts";
import { type EndReason, mayRunQueued, stoppedBy } from "./stopping.ts";
import { isPassing, type Retry, withRetries } from "./store-retry.ts";
import { Turn } from "./turn.ts";
import { Wake } from "./wake.ts";

/** How long a look at the study is enough to propose from, where nothing is known to have ended since. */
const FRESH_MS = 10;

/** How soon a driver looks at trials that began: nothing is decided by that. */
const BEGUN_MS = 50;

/** Proposes trials, has them evaluated and watches what becomes of them, until a stop rule holds. */
export class Driver {
  readonly #options: DriverOptions;
  readonly #dispatch: Dispatch;
  readonly #wake = new Wake();
  readonly #turn = new Turn();
  readonly #startedAt = performance.now();
  readonly #retry: Retry;
  readonly #news: DriverNews;
  /** Null for a driver that joins another. */
  readonly #lead: Lead | null;
  #isExhausted = false;
  #lookedAt = Number.NEGATIVE_INFINITY;
  #failure: unknown;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#news = new DriverNews(options.listener);
    const { store, view, join, leaseMs } = options;
    const holder = thisHolder(0);
    this.#dispatch = dispatchOf(options, holder, this.#host());
    const seat = { study: view.study.name, holder, slots: () => this.#dispatch.places, leaseMs };
    this.#lead = join ? null : new Lead(store, seat);
    this.#retry = {
      limitMs: usesFleet(options) ? Number.POSITIVE_INFINITY : undefined,
      waiting: ({ message }) => options.listener.waiting(message),
      isOver: () => this.#isOver,
    };
  }

  async drive(): Promise<EndReason> {
    const { store, makeRoom } = this.#options;
    await this.#lead?.check();
    await makeRoom();
    await this.#lead?.hold();
    const stopPulse = this.#startPulse();
    let unwatch: (() => Promise<void>) | undefined;
    let failure: unknown;
    try {
      // On slots of its own a driver writes nearly everything itself.
      if (usesFleet(this.#options)) unwatch = await store.watch?.(this.#name, (hint) => this.#hear(hint));
      await this.#refresh();
      await this.#setGoing();
      await this.#recover();
      if (this.#lead !== null) await store.collectArtifacts(this.#name);
      return await this.#loop();
    } catch (error) {
      failure = error;
      throw isStudyNotFound(error) ? studyGone(this.#name, store.location, error) : error;
    } finally {
      stopPulse();
      this.#wake.close();
      this.#dispatch.handBack(); // after an error: nothing that runs here outlives its driver
      await this.#dispatch.idle();
      await unwatch?.().catch(() => undefined);
      this.#failure ??= failure; // only now: what ran here waited for its commit
      await this.#resign().catch(() => undefined); // the first error counts
    }
  }

  #startPulse(): () => void {
    const wake = (): void => this.#wake.up();
    const handBack = (): void => {
      this.#dispatch.handBack();
      wake();
    };
    const sign = (): void => this.#attend([this.#lead?.hold()]);
    const beat = (): void => this.#attend([this.#lead?.hold(), this.#dispatch.renew(), this.#recover()]);
    return startPulse(this.#options, { beat, sign, wake, handBack });
  }

  /** A process that lives on would keep the seat from all others. */
  async #resign(): Promise<void> {
    await withRetries(async () => this.#lead?.resign(), { ...this.#retry, limitMs: undefined });
  }

  #hear(hint: ChangeHint): void {
    if (hint === "any") this.#wake.up();
    else this.#wake.soon(BEGUN_MS);
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
      await this.#turn.letOthersRun(); // an objective may never wait for anything
      if (this.#dispatch.isAhead) await withRetries(() => this.#refresh(), this.#retry);
      const reason = this.#reason();
      if (reason === "cancelled") return await this.#cancel();
      if (reason === "failing" && this.#dispatch.pending(reason) === 0) return await this.#pause();
      if (this.#dispatch.room > 0 && (await withRetries(() => this.#startNext(reason), this.#retry))) continue;
      if (reason !== null && this.#dispatch.pending(reason) === 0 && !this.#waits(reason)) return reason;
      this.#news.rests(reason);
      await this.#wake.next();
      await withRetries(() => this.#refresh(), this.#retry);
    }
  }

  /** Whether the study only rests: somebody paused it and may resume it. */
  #waits(reason: EndReason | null): boolean {
    return reason === "paused" && this.#options.store.isDurable;
  }

  get #isEnding(): boolean {
    return this.#options.drain?.aborted === true || this.#options.halt?.aborted === true;
  }

  get #isOver(): boolean {
    return this.#failure !== undefined || this.#options.halt?.aborted === true;
  }

  #reason(): EndReason | null {
    if (this.#isEnding) return "interrupted";
    const reason = stoppedBy(this.#options.view, performance.now() - this.#startedAt);
    return reason ?? (this.#isExhausted ? "exhausted" : null);
  }

  /** Starts a queued trial, or a new one where no rule forbids it. @returns whether to look for more at once */
  async #startNext(reason: EndReason | null): Promise<boolean> {
    if (mayRunQueued(reason) && this.#dispatch.startQueued()) return true;
    return reason === null && (await this.#startNew());
  }

  async #startNew(): Promise<boolean> {
    const { places: parallelism, room: most, terms } = this.#dispatch;
    const led = this.#lead === null ? terms : { maxPending: terms.maxPending, leader: this.#lead.holder };
    const { proposals } = this.#options;
    this.#news.samples(proposals.describe(parallelism));
    const proposed = await proposals.next({ parallelism, most, terms: led });
    const isShown = this.#dispatch.start(reservedOf(proposed));
    const last = proposed.at(-1)?.kind;
    if (last === "exhausted") {
      this.#isExhausted = true;
      return true;
    }
    if (last === "deposed") await this.#lead?.hold();
    const isFresh = isShown && last === "reserved" && performance.now() - this.#lookedAt < FRESH_MS;
    if (this.#dispatch.room > 0 && !isFresh) await this.#refresh();
    return last !== "full";
  }

  #host(): DispatchHost {
    const { view, listener } = this.#options;
    return {
      view,
      listener,
      wake: () => this.#wake.up(),
      isEnding: () => this.#isEnding,
      isOver: () => this.#isOver,
      fail: (error) => this.#fail(error),
      prune: (number, reports) => this.#prune(number, reports),
    };
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#wake.up();
  }

  async #prune(number: number, reports: readonly Report[]): Promise<Report | null> {
    const { pruner, store, view } = this.#options;
    if (!decides(pruner)) return null;
    return withRetries(async () => {
      // What workers report is read from the store, so the view has it.
      if (!usesFleet(this.#options)) await view.refresh(store);
      return prune(this.#options, number, reports);
    }, this.#retry);
  }

  async #refresh(): Promise<void> {
    const { store, view } = this.#options;
    this.#lookedAt = performance.now();
    await this.#dispatch.look(() => view.refresh(store));
    await this.#lead?.tellSlots();
  }

  async #recover(): Promise<void> {
    const { store, view, listener } = this.#options;
    const byLease = usesFleet(this.#options);
    const recovered = await recover(store, view, { byLease });
    if (byLease) return; // the next look tells, whoever recovered them
    for (const trial of recovered) listener.settled(trial);
  }

  /** Beside the loop, which meets a store that is away itself, and knows how long to wait for it. */
  #attend(doing: readonly (Promise<unknown> | undefined)[]): void {
    Promise.all(doing).catch((error: unknown) => {
      if (!isPassing(error)) this.#fail(error);
    });
  }

  async #cancel(): Promise<EndReason> {
    await withRetries(() => this.#dispatch.cancel(), this.#retry);
    while (this.#dispatch.pending("cancelled") > 0) {
      await this.#wake.next();
      await withRetries(() => this.#refresh(), this.#retry);
    }
    return "cancelled";
  }

  /** Too many failures, and nothing runs that could still be better. */
  async #pause(): Promise<EndReason> {
    const reason = `the last ${this.#options.view.failuresInARow} trials failed`;
    const { store } = this.#options;
    await withRetries(() => store.setControl(this.#name, "paused", reason), this.#retry);
    await withRetries(() => this.#refresh(), this.#retry);
    return "failing";
  }
}

function reservedOf(proposed: readonly Proposed[]): readonly Trial[] {
  const trials: Trial[] = [];
  for (const each of proposed) if (each.kind === "reserved") trials.push(each.trial);
  return trials;
}
