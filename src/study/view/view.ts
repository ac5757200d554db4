import type { PendingProposal } from "../../samplers/sampler.ts";
import type { Store } from "../../store/store.ts";
import type { Snapshot, StudyRecord } from "../../store/study-record.ts";
import type { Json } from "../../trial/json.ts";
import type { Observation } from "../../trial/observation.ts";
import { observationOf } from "../../trial/observe.ts";
import { type CompleteTrial, type FinishedTrial, isPending, type Trial } from "../../trial/trial.ts";
import { isBetter } from "./better.ts";
import { type History, historyAt, proposalOf } from "./history.ts";
import { NO_PROGRESS, type Progress, progressAfter } from "./patience.ts";
import { ReportedTrials } from "./reported-trials.ts";
import { Results } from "./results.ts";

/**
 * One process's picture of a study, kept up to date by snapshots of what changed. The store is the truth; this only
 * saves reading it whole for every proposal.
 */
export class StudyView {
  study: StudyRecord;
  /** Of the latest snapshot, by the store's clock. */
  nowMs = 0;
  /** By number. */
  readonly trials: Trial[] = [];
  /** The sequences at which trials ended, ascending. */
  readonly ends: number[] = [];
  best: CompleteTrial | null = null;
  progress: Progress = NO_PROGRESS;
  /** Failed trials at the end of the history, in order of commit, since the study was last set going. */
  failuresInARow = 0;
  /** Trials that ended in any other way than failed. */
  successes = 0;
  readonly reported: ReportedTrials = new ReportedTrials();
  #results = new Results();
  readonly #pending = new Map<number, PendingProposal>();
  #memo: { readonly number: number; readonly memo: Json } = { number: -1, memo: null };
  #seen = 0;
  #epoch: number | undefined;
  #refreshing: Promise<unknown> | null = null;

  constructor(study: StudyRecord) {
    this.study = study;
  }

  /** The sequence up to which this picture is complete. */
  get sequence(): number {
    return this.#seen;
  }

  /** Brings the picture up to date, with all that was written before the call. One at a time: snapshots add up. */
  async refresh(store: Store): Promise<StudyRecord> {
    while (this.#refreshing !== null) await this.#refreshing.catch(() => undefined); // whoever asked hears of it
    const snapshot = this.#read(store);
    this.#refreshing = snapshot;
    try {
      this.#apply(await snapshot);
    } finally {
      this.#refreshing = null;
    }
    return this.study;
  }

  /** What changed since the last look; everything, where the store may have gone back behind that. */
  async #read(store: Store): Promise<Snapshot> {
    const { name } = this.study;
    const known = this.trials.length; // with those of `add`, which nothing that was seen shows
    const changes = await store.snapshot(name, this.#seen);
    const { sequence, nextNumber } = changes.study;
    const isFirst = this.#seen === 0 && known === 0;
    const hasGoneBack = changes.epoch !== this.#epoch || sequence < this.#seen || nextNumber < known;
    if (isFirst || !hasGoneBack) return changes;
    const everything = await store.snapshot(name, 0);
    this.#forget();
    return everything;
  }

  #forget(): void {
    this.trials.length = 0;
    this.best = null;
    this.progress = NO_PROGRESS;
    this.failuresInARow = 0;
    this.successes = 0;
    this.#results = new Results();
    this.ends.length = 0;
    this.#pending.clear();
    this.reported.clear();
    this.#memo = { number: -1, memo: null };
    this.#seen = 0;
  }

  /**
   * Takes in a trial that this process reserved just now, without a look at what else has changed.
   *
   * @returns false where the picture misses what came before it, or it has begun already: then look
   */
  add(trial: Trial): boolean {
    if (trial.number !== this.trials.length || trial.state !== "queued") return false;
    this.trials.push(trial);
    this.#remember(trial);
    this.#setStudy(this.study);
    return true;
  }

  /** The record, of which a snapshot may be older than the latest of `add`. */
  #setStudy(study: StudyRecord): void {
    const known = this.trials.length;
    this.study = study.nextNumber < known ? Object.freeze({ ...study, nextNumber: known }) : study;
  }

  #apply(snapshot: Snapshot): void {
    if (snapshot.study.resumedAt !== this.study.resumedAt) this.failuresInARow = 0;
    this.#setStudy(snapshot.study);
    this.nowMs = snapshot.nowMs;
    for (const observation of snapshot.imported) this.#results.import(observation);
    const ended: FinishedTrial[] = [];
    for (const trial of snapshot.trials) {
      const before = this.trials[trial.number];
      this.trials[trial.number] = trial;
      this.#remember(trial);
      if (!isPending(trial) && (before === undefined || isPending(before))) ended.push(trial);
    }
    if (ended.length > 1) ended.sort((a, b) => a.committedAt - b.committedAt);
    for (const trial of ended) this.#end(trial);
    this.#seen = snapshot.study.sequence;
    this.#epoch = snapshot.epoch; // only now: a reading anew that failed is made again
  }

  /** What trials taught, until the next `refresh`. */
  get observations(): readonly Observation[] {
    return this.#results.all;
  }

  /** What a sampler knows now. The arrays are valid until the next `refresh`. */
  history(): History {
    return { observations: this.#results.all, pending: [...this.#pending.values()], memo: this.#memo.memo };
  }

  /** What a sampler knew that proposed a trial, for replaying the proposal. */
  historyAt(proposal: Pick<Trial, "number" | "basis">): History {
    return historyAt(proposal, { trials: this.trials, imported: this.#results.imported });
  }

  /** Trials that wait, in the order of their reservation. One at a time: whoever starts one looks no further. */
  *queued(): Generator<number, void> {
    for (const number of this.#pending.keys()) if (this.trials[number]?.state === "queued") yield number;
  }

  /** Trials without a result, in the order of their reservation. */
  pending(): readonly Trial[] {
    const pending: Trial[] = [];
    for (const number of this.#pending.keys()) {
      const trial = this.trials[number];
      if (trial !== undefined) pending.push(trial);
    }
    return pending;
  }

  get pendingCount(): number {
    return this.#pending.size;
  }

  #remember(trial: Trial): void {
    if (trial.number > this.#memo.number && trial.origin !== "enqueued") {
      this.#memo = { number: trial.number, memo: trial.memo };
    }
    if (isPending(trial)) this.#pending.set(trial.number, proposalOf(trial));
    else this.#pending.delete(trial.number);
    this.reported.remember(trial);
  }

  #end(trial: FinishedTrial): void {
    this.ends.push(trial.committedAt);
    const observation = observationOf(trial);
    if (observation !== null) this.#results.add({ ...observation, number: trial.number });
    const loss = trial.state === "complete" ? trial.losses[0] : Number.POSITIVE_INFINITY;
    this.progress = progressAfter(this.progress, loss);
    if (trial.state === "complete" && (this.best === null || isBetter(trial, this.best))) this.best = trial;
    const counts = trial.committedAt > this.study.resumedAt;
    if (trial.state !== "failed") this.successes++;
    this.failuresInARow = trial.state === "failed" && counts ? this.failuresInARow + 1 : 0;
  }
}
