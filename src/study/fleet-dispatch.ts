import type { Fleet } from "../executor/fleet.ts";
import type { Store } from "../store/store.ts";
import type { Verdict } from "../trial/report.ts";
import { beforeAttempt } from "../trial/transition.ts";
import {
  type FinishedTrial,
  isAsked,
  isPending,
  type QueuedTrial,
  type RunningTrial,
  type Trial,
} from "../trial/trial.ts";
import { type Dispatch, type DispatchHost, mayRunQueued } from "./dispatch.ts";
import type { ProposalTerms } from "./proposals.ts";
import type { EndReason } from "./stopping.ts";

/** How long the number of live slots is relied on. */
const SLOTS_MS = 2_000;

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
  /** Pending trials as they were at the last look. */
  readonly #known = new Map<number, Trial>();
  /** What workers have heard of: number -> the attempt before the one they heard of. */
  readonly #delivered = new Map<number, number>();
  #slots = 0;
  #countedAt = Number.NEGATIVE_INFINITY;
  #isAlone = false;

  constructor(options: FleetDispatchOptions, host: DispatchHost) {
    this.#options = options;
    this.#host = host;
  }

  get places(): number {
    return Math.min(this.#slots, this.#options.parallelism ?? Number.POSITIVE_INFINITY);
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
    for (const trial of trials) this.#known.set(trial.number, trial);
    this.#deliver(trials.filter(isQueued), { isFirst: true });
    const { view } = this.#host;
    return trials.map((trial) => view.add(trial)).every((isShown) => isShown);
  }

  async look(refresh: () => Promise<unknown>): Promise<void> {
    await refresh();
    await this.#countSlots();
    const { view } = this.#host;
    const changed: (readonly [before: Trial, now: Trial])[] = [];
    for (const trial of this.#known.values()) {
      const now = view.trials[trial.number];
      if (now !== undefined && now !== trial) changed.push([trial, now]);
    }
    const pending = view.pending();
    for (const trial of pending) {
      if (trial.state === "running" && !this.#known.has(trial.number)) changed.push([unjudged(trial), trial]);
      this.#known.set(trial.number, trial);
    }
    for (const [before, now] of changed) await this.#tell(before, now);
    const waiting = pending.filter(isQueued);
    this.#deliver(waiting.filter(({ number, attempt }) => this.#delivered.get(number) !== attempt));
  }

  /** Whatever may have got lost on its way is delivered again. */
  async renew(): Promise<void> {
    this.#deliver(this.#host.view.pending().filter(isQueued));
  }

  async cancel(): Promise<void> {
    const { store } = this.#options;
    const { view } = this.#host;
    for (const { state, number } of view.pending()) {
      if (state === "running") await store.judge(view.study.name, number, "cancel");
    }
  }

  /** Nothing runs here. */
  handBack(): void {}

  async idle(): Promise<void> {}

  /** What became of a trial since the last look, as if it had been looked at all the time. */
  async #tell(before: Trial, now: Trial): Promise<void> {
    const { listener } = this.#host;
    if (now.state !== "queued") {
      if (now.attempt > nextAttempt(before)) listener.settled(beforeAttempt(now));
      if (now.attempt > before.attempt) listener.started(now);
      await this.#tellReports(before, now);
    }
    if (now.state === "running") return;
    if (!isPending(now)) {
      this.#known.delete(now.number);
      this.#delivered.delete(now.number);
    }
    if (now.state !== "queued" || now.attempt !== before.attempt || before.state === "running") listener.settled(now);
  }

  async #tellReports(before: Trial, now: RunningTrial | FinishedTrial): Promise<void> {
    const known = before.attempt === now.attempt ? before.reports.length : 0;
    const reports = now.reports.slice(known);
    let verdict = verdictOn(now);
    for (const report of reports) {
      if (now.state === "running" && verdict === "continue") verdict = await this.#host.prune(now.number, report);
      this.#host.listener.reported(now, report, verdict);
    }
  }

  #deliver(trials: readonly QueuedTrial[], delivery = { isFirst: false }): void {
    if (trials.length === 0) return;
    for (const { number, attempt } of trials) this.#delivered.set(number, attempt);
    // What does not arrive is delivered again by `renew`.
    this.#options.fleet.deliver(this.#host.view.study, trials, delivery).catch((error: unknown) => {
      this.#host.listener.waiting(`the queue is not available: ${error instanceof Error ? error.message : error}`);
    });
  }

  async #countSlots(): Promise<void> {
    if (performance.now() - this.#countedAt < SLOTS_MS) return;
    this.#slots = await this.#options.fleet.slots(this.#host.view.study);
    this.#countedAt = performance.now();
    const isAlone = this.#slots === 0;
    if (isAlone && !this.#isAlone) this.#host.listener.waiting("no worker serves this objective");
    this.#isAlone = isAlone;
  }
}

/**
 * A trial that ran before this driver, as it was before its newest report: nobody may have judged that one. Those before
 * it are not judged again, as a verdict depends on what else was known when a report came.
 */
function unjudged(trial: RunningTrial): RunningTrial {
  return { ...trial, reports: trial.reports.slice(0, -1) };
}

function isQueued(trial: Trial): trial is QueuedTrial {
  return trial.state === "queued";
}

/** The attempt that a trial is at, or waits for. */
function nextAttempt({ state, attempt }: Trial): number {
  return state === "queued" ? attempt + 1 : attempt;
}

function verdictOn(trial: RunningTrial | FinishedTrial): Verdict {
  if (trial.state === "running") return trial.verdict;
  if (trial.state === "pruned") return "prune";
  return trial.state === "cancelled" ? "cancel" : "continue";
}

function isOfCaller(trial: Trial): boolean {
  return trial.state === "running" && isAsked(trial);
}
