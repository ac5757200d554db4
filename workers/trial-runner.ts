import { ParzenError, thrownMessage } from "../src/errors.ts";
import type { TrialJob } from "../src/executor/bullmq/trial-job.ts";
import type { Store } from "../src/store/store.ts";
import { isGone } from "../src/store/study-errors.ts";
import type { StudyRecord } from "../src/store/study-record.ts";
import type { WorkerRecord } from "../src/store/worker-record.ts";
import { Attempt } from "../src/study/attempt/attempt.ts";
import { thisHolder } from "../src/study/attempt/holder.ts";
import { isPassing, type Retry, withRetries } from "../src/study/attempt/store-retry.ts";
import type { Trial } from "../src/trial/trial.ts";
import { returnIfAbandoned } from "./abandoned.ts";
import { attemptHost, type Place } from "./attempt-host.ts";
import { RetryingAttemptStore } from "./attempt-store.ts";
import { DONE, type Fate } from "./fate.ts";
import type { WorkerEvent } from "./options.ts";
import type { Spool } from "./spool.ts";
import { StudyRecords } from "./study-records.ts";

export interface TrialRunnerOptions {
  readonly store: Store;
  readonly spool: Spool;
  readonly leaseMs: number;
  /** Over when this process gives its trials back. */
  readonly retry: Retry;
  readonly listener: TrialRunnerListener;
}

export interface TrialRunnerListener {
  tell(event: WorkerEvent): void;
  /** An attempt ended; with what is wrong with the machine where that was why. */
  ended(machineFault: string | null): void;
  /** The store did not take the sign of life of a trial. */
  unrenewed(error: unknown): void;
}

interface Running {
  readonly study: StudyRecord;
  readonly sinceMs: number;
}

/** Runs trials that came over the queue: claim, evaluation, commit, and what a refused claim means. */
export class TrialRunner {
  readonly #options: TrialRunnerOptions;
  readonly #studies: StudyRecords;
  readonly #running = new Map<Attempt, Running>();
  #isHandingBack = false;

  constructor(options: TrialRunnerOptions) {
    this.#options = options;
    this.#studies = new StudyRecords(options.store);
  }

  /** What it runs now, for who looks at the worker. */
  get trials(): WorkerRecord["trials"] {
    return [...this.#running].map(([{ number }, { study, sinceMs }]) => ({ study: study.name, number, sinceMs }));
  }

  async run(job: TrialJob, place: Place): Promise<Fate> {
    let study: StudyRecord | null = null;
    try {
      study = await withRetries(() => this.#studies.find(job), this.#options.retry);
      if (study === null) return this.#refuse(job, "the store has no such study");
      const { fingerprint } = place.objective;
      if (fingerprint !== null && fingerprint !== study.fingerprint) {
        return this.#refuse(job, `its space is not that of "${place.objective.name}"`);
      }
      return await this.#attempt(study, job, place);
    } catch (error) {
      return await this.#failed(error, { study, job });
    }
  }

  /** A sign of life for every trial; several times within a lease. */
  async renew(): Promise<void> {
    await Promise.all(
      [...this.#running.keys()].map((attempt) =>
        attempt.renew().catch((error: unknown) => {
          if (isGone(error)) attempt.stop("cancel");
          else this.#options.listener.unrenewed(error);
        }),
      ),
    );
  }

  /** Asks what runs to end, and begins nothing more. */
  handBack(): void {
    this.#isHandingBack = true;
    for (const attempt of this.#running.keys()) attempt.stop("hand-back");
  }

  async #attempt(study: StudyRecord, job: TrialJob, place: Place): Promise<Fate> {
    if (this.#isHandingBack) return { kind: "back" };
    const { store, spool, retry, listener } = this.#options;
    const about = { study: study.name, number: job.trial };
    const heard = {
      kept: () => listener.tell({ kind: "kept", ...about }),
      unkept: (reason: string) => listener.tell({ kind: "unkept", ...about, reason }),
      sent: () => place.sent(),
    };
    const attemptStore = new RetryingAttemptStore({ store, spool, study, number: job.trial, retry, ...heard });
    const attempt = new Attempt(job.trial, attemptHost({ study, store: attemptStore, place }, this.#options));
    this.#running.set(attempt, { study, sinceMs: Date.now() });
    let trial: Trial | null;
    try {
      trial = await attempt.run(thisHolder(place.slot));
    } finally {
      this.#running.delete(attempt);
    }
    if (attemptStore.refused !== null) return this.#contested(study, job, attemptStore.refused);
    const fault = attempt.machineFault;
    if (fault !== null) listener.tell({ kind: "fault", ...about, message: fault });
    if (attemptStore.isStale) listener.tell({ kind: "stale", ...about });
    if (fault !== null || attemptStore.isOwnDoing) listener.ended(fault);
    return trial === null ? DONE : this.#settled(study, trial);
  }

  #settled(study: StudyRecord, trial: Trial): Fate {
    const { number, attempt } = trial;
    const ending =
      trial.state === "failed"
        ? { state: trial.state, reason: trial.reason, message: trial.message }
        : { state: trial.state };
    this.#options.listener.tell({ kind: "settled", study: study.name, number, attempt, ...ending });
    return trial.state === "queued" ? { kind: "again", study, trial } : DONE;
  }

  /** Somebody else was first, or the study rests: then its driver delivers again when it goes on. */
  async #contested(study: StudyRecord, job: TrialJob, state: Trial["state"]): Promise<Fate> {
    if (state !== "running") return DONE;
    const { store, retry } = this.#options;
    const trial = await withRetries(() => store.findTrial(study.name, job.trial), retry);
    if (trial.state === "queued") return { kind: "again", study, trial };
    // The job of an earlier attempt: the one of this attempt is another.
    if (trial.state !== "running" || trial.attempt !== job.attempt) return DONE;
    const returned = await withRetries(() => returnIfAbandoned(store, study, trial), retry);
    return returned === null ? { kind: "later" } : this.#settled(study, returned);
  }

  #refuse({ study, id, trial }: TrialJob, why: string): Fate {
    this.#options.listener.tell({ kind: "refused", problem: `trial ${trial} of study "${study}" (${id}): ${why}` });
    return DONE;
  }

  /** What an attempt threw: a store that stays away, a study that was deleted, or broken machinery. */
  async #failed(
    error: unknown,
    { study, job }: { readonly study: StudyRecord | null; readonly job: TrialJob },
  ): Promise<Fate> {
    if (isPassing(error)) return { kind: "back" };
    // What is gone, or what somebody else wrote there, is never run, and says nothing about this machine.
    if (study === null || isGone(error) || isDamaged(error)) return this.#refuse(job, thrownMessage(error));
    const { listener } = this.#options;
    listener.tell({ kind: "fault", study: study.name, number: job.trial, message: thrownMessage(error) });
    listener.ended(thrownMessage(error));
    const trial = await this.#options.store.findTrial(study.name, job.trial).catch(() => null);
    return trial?.state === "queued" ? { kind: "again", study, trial } : DONE;
  }
}

function isDamaged(error: unknown): boolean {
  return error instanceof ParzenError && error.code === "STORE_CORRUPT";
}
