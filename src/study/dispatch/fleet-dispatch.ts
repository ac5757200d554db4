import { thrownMessage } from "../../errors.ts";
import type { Fleet } from "../../executor/fleet.ts";
import type { Store } from "../../store/store.ts";
import { isAsked, type QueuedTrial, type Trial } from "../../trial/trial.ts";
import { cancelRunning } from "../attempt/cancel.ts";
import type { ProposalTerms } from "../proposal/proposals.ts";
import { type EndReason, mayRunQueued } from "../view/stopping.ts";
import type { Dispatch, DispatchHost } from "./dispatch.ts";
import { LiveSlots } from "./live-slots.ts";
import { TrialNews } from "./trial-news.ts";

/** What delivering to workers needs. */
export interface FleetDispatchOptions {
  readonly store: Store;
  readonly fleet: Fleet;
  /** At most so many trials queued or running, however many slots there are; null is no bound of its own. */
  readonly parallelism: number | null;
}

/**
 * Has trials evaluated by workers, which claim and commit them by themselves. What it knows of them it reads from the
 * store, so a driver may end and another one go on at any time, and nothing depends on what a queue remembers.
 */
export class FleetDispatch implements Dispatch {
  readonly isAhead = false;
  readonly #options: FleetDispatchOptions;
  readonly #host: DispatchHost;
  readonly #slots: LiveSlots;
  readonly #news: TrialNews;
  /** What workers have heard of: number -> the attempt before the one they heard of. */
  readonly #delivered = new Map<number, number>();

  constructor(options: FleetDispatchOptions, host: DispatchHost) {
    this.#options = options;
    this.#host = host;
    this.#slots = new LiveSlots(options.fleet, host);
    this.#news = new TrialNews(host);
  }

  get places(): number {
    return Math.min(this.#slots.count, this.#options.parallelism ?? Number.POSITIVE_INFINITY);
  }

  get terms(): ProposalTerms {
    return { maxPending: this.places };
  }

  get room(): number {
    return Math.max(0, this.places - this.#host.view.pendingCount);
  }

  /** Workers go on by themselves, so a driver that is told to end waits for none of them. */
  pending(reason: EndReason | null): number {
    if (reason === "interrupted") return 0;
    const { view } = this.#host;
    return view.pending().filter((trial) => !isOfCaller(trial) && (trial.state === "running" || mayRunQueued(reason)))
      .length;
  }

  /** Workers do that. */
  startQueued(): boolean {
    return false;
  }

  start(trials: readonly Trial[]): boolean {
    this.#news.add(trials);
    this.#deliver(trials.filter(isQueued), { isFirst: true });
    const { view } = this.#host;
    return trials.map((trial) => view.add(trial)).every((isShown) => isShown);
  }

  async look(refresh: () => Promise<unknown>): Promise<void> {
    await refresh();
    await this.#slots.refresh();
    for (const number of await this.#news.tell()) this.#delivered.delete(number);
    const waiting = this.#host.view.pending().filter(isQueued);
    this.#deliver(waiting.filter(({ number, attempt }) => this.#delivered.get(number) !== attempt));
  }

  /** Whatever may have got lost on its way is delivered again. */
  async renew(): Promise<void> {
    this.#deliver(this.#host.view.pending().filter(isQueued));
  }

  cancel(): Promise<void> {
    return cancelRunning(this.#options.store, this.#host.view);
  }

  /** Nothing runs here. */
  handBack(): void {}

  async idle(): Promise<void> {}

  #deliver(trials: readonly QueuedTrial[], delivery = { isFirst: false }): void {
    if (trials.length === 0) return;
    for (const { number, attempt } of trials) this.#delivered.set(number, attempt);
    // What does not arrive is delivered again by `renew`.
    this.#options.fleet.deliver(this.#host.view.study, trials, delivery).catch((error: unknown) => {
      this.#host.listener.waiting(
        `the queue in ${this.#options.store.location} takes no trials now (${thrownMessage(error)}): see that its server runs and has room; ` +
          "they stay queued, and are delivered when it takes them",
      );
    });
  }
}

function isQueued(trial: Trial): trial is QueuedTrial {
  return trial.state === "queued";
}

function isOfCaller(trial: Trial): boolean {
  return trial.state === "running" && isAsked(trial);
}
