import type { ChangeHint } from "../../store/store.ts";
import { isStudyNotFound, studyGone } from "../../store/study-errors.ts";
import type { Report } from "../../trial/report.ts";
import { thisHolder } from "../attempt/holder.ts";
import { recover } from "../attempt/recover.ts";
import { isPassing, type Retry, withRetries } from "../attempt/store-retry.ts";
import type { Dispatch, DispatchHost } from "../dispatch/dispatch.ts";
import { Wake } from "../dispatch/wake.ts";
import { type EndReason, stoppedBy } from "../view/stopping.ts";
import { DriverNews } from "./driver-news.ts";
import { type DriverOptions, dispatchOf, usesFleet } from "./driver-options.ts";
import { Lead } from "./lead.ts";
import { Look } from "./look.ts";
import { pauseFailing, setGoing } from "./pause.ts";
import { decides, prune, untilPruned } from "./pruning.ts";
import { startPulse } from "./pulse.ts";
import { Starts } from "./starts.ts";
import { Turn } from "./turn.ts";

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
  readonly #look: Look;
  readonly #starts: Starts;
  #failure: unknown;

  constructor(options: DriverOptions) {
    this.#options = options;
    this.#news = new DriverNews(options.listener);
    const { store, view, join, leaseMs } = options;
    const holder = thisHolder(0);
    this.#dispatch = dispatchOf(options, holder, this.#host());
    const seat = { study: view.study.name, holder, slots: () => this.#dispatch.places, leaseMs };
    this.#lead = join ? null : new Lead(store, seat);
    const parts = { store, view, dispatch: this.#dispatch, lead: this.#lead };
    this.#look = new Look(parts);
    this.#starts = new Starts({ ...parts, proposals: options.proposals, look: this.#look, news: this.#news });
    this.#retry = {
      limitMs: usesFleet(options) ? Number.POSITIVE_INFINITY : undefined,
      waiting: ({ message }) => options.listener.waiting(message),
      isOver: () => this.#isOver,
    };
  }

  async drive(): Promise<EndReason> {
    const { store, makeRoom } = this.#options;
    // What cannot be begun is told at once: nothing is lost yet. From then on the store is waited for.
    await this.#lead?.check();
    await makeRoom();
    await this.#lead?.hold();
    const stopPulse = this.#startPulse();
    let unwatch: (() => Promise<void>) | undefined;
    let failure: unknown;
    try {
      // On slots of its own a driver writes nearly everything itself.
      if (usesFleet(this.#options)) unwatch = await withRetries(() => this.#watch(), this.#retry);
      return await this.#run();
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

  async #run(): Promise<EndReason> {
    const { store, view, join } = this.#options;
    await withRetries(() => this.#look.again(), this.#retry);
    const hasSet = !join && (await withRetries(() => setGoing(store, view), this.#retry));
    if (hasSet) await withRetries(() => this.#look.again(), this.#retry);
    await withRetries(() => this.#recover(), this.#retry);
    // Not for ever: the place of files may be one that never comes back.
    const collected = { ...this.#retry, limitMs: undefined };
    if (this.#lead !== null) await withRetries(() => store.collectArtifacts(this.#name), collected);
    const reason = await this.#loop();
    this.#throwFailure(); // of what ended while the loop did
    return reason;
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

  async #watch(): Promise<(() => Promise<void>) | undefined> {
    return this.#options.store.watch?.(this.#name, (hint) => this.#hear(hint));
  }

  #hear(hint: ChangeHint): void {
    if (hint === "any") this.#wake.up();
    else this.#wake.soon(BEGUN_MS);
  }

  get #name(): string {
    return this.#options.view.study.name;
  }

  async #loop(): Promise<EndReason> {
    for (;;) {
      this.#throwFailure();
      await this.#turn.letOthersRun(); // an objective may never wait for anything
      if (this.#dispatch.isAhead) await withRetries(() => this.#look.again(), this.#retry);
      const reason = this.#reason();
      if (reason === "cancelled") return await this.#cancel();
      if (reason === "failing" && this.#dispatch.pending(reason) === 0) return await this.#pause();
      if (this.#dispatch.room > 0 && (await withRetries(() => this.#starts.next(reason), this.#retry))) continue;
      if (this.#dispatch.isAhead) continue; // what ended meanwhile may be queued again
      if (reason !== null && this.#dispatch.pending(reason) === 0 && !this.#waits(reason)) return reason;
      this.#news.rests(reason);
      await this.#wake.next();
      await withRetries(() => this.#look.again(), this.#retry);
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
    return reason ?? (this.#starts.isExhausted ? "exhausted" : null);
  }

  #host(): DispatchHost {
    const { view, listener, pruner } = this.#options;
    return {
      view,
      listener,
      judges: decides(pruner),
      wake: () => this.#wake.up(),
      isEnding: () => this.#isEnding,
      isOver: () => this.#isOver,
      fail: (error) => this.#fail(error),
      untilPruned: (number, reports) => this.#untilPruned(number, reports),
      prune: (number, reports) => this.#prune(number, reports),
    };
  }

  #throwFailure(): void {
    if (this.#failure !== undefined) throw this.#failure;
  }

  #fail(error: unknown): void {
    this.#failure ??= error;
    this.#wake.up();
  }

  async #untilPruned(number: number, reports: readonly Report[]): Promise<readonly Report[]> {
    const { store, view } = this.#options;
    await withRetries(() => view.refresh(store), this.#retry);
    return untilPruned(this.#options, number, reports);
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
      await withRetries(() => this.#look.again(), this.#retry);
    }
    return "cancelled";
  }

  /** Too many failures, and nothing runs that could still be better. */
  async #pause(): Promise<EndReason> {
    const { store, view } = this.#options;
    await withRetries(() => pauseFailing(store, view), this.#retry);
    await withRetries(() => this.#look.again(), this.#retry);
    return "failing";
  }
}
