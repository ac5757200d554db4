import type { TrialFiles } from "../artifacts/artifacts.ts";
import type { Executor, StopReason } from "../executor/executor.ts";
import type { Fence, Store } from "../store/store.ts";
import type { StudyRecord } from "../store/study-record.ts";
import type { Report, Verdict } from "../trial/report.ts";
import type { TrialTask } from "../trial/task.ts";
import type { Holder, RunningTrial, Trial } from "../trial/trial.ts";
import { orient, orientOutcome } from "./direction.ts";
import { trialSeed } from "./propose.ts";

/** How long a trial may take to end after it was told to. */
export const GRACE_MS = 5_000;

/** What one attempt at a trial needs from the process that makes it. */
export interface AttemptHost {
  readonly store: Store;
  readonly executor: Executor;
  readonly study: StudyRecord;
  /** Name of the sweep whose objective is meant. */
  readonly objective: string;
  readonly version: string | null;
  readonly leaseMs: number;
  started(trial: RunningTrial): void;
  printed(trial: number, text: string): void;
  /** Hears each report, turned inward, and may tighten the store's verdict. */
  judge(trial: RunningTrial, report: Report, verdict: Verdict): Promise<Verdict>;
}

/**
 * One attempt at a queued trial, from its claim to its commit. The lease is renewed by `renew`, which the driver calls
 * for all its attempts together.
 */
export class Attempt {
  readonly number: number;
  readonly #host: AttemptHost;
  readonly #stop = new AbortController();
  #fence: Fence | null = null;
  #grace: NodeJS.Timeout | undefined;

  constructor(number: number, host: AttemptHost) {
    this.number = number;
    this.#host = host;
  }

  /** @returns the trial as the commit left it; null where somebody else claimed it or its attempt went stale */
  async run(holder: Holder): Promise<Trial | null> {
    const { store, executor, study, version, leaseMs } = this.#host;
    const claimed = await store.claim(study.name, this.number, { holder, leaseMs, version });
    if (claimed.kind === "refused") return null;
    const { trial, token } = claimed;
    this.#fence = { attempt: trial.attempt, token };
    this.#host.started(trial);
    const files = store.artifacts.of(study.id, this.number);
    try {
      const { outcome, log } = await executor.evaluate(this.#task(trial, token), this.#watch(trial, files));
      const inward = orientOutcome(study.direction, outcome);
      const committed = await store.commit(study.name, this.number, this.#fence, { outcome: inward, log });
      return committed.kind === "committed" ? committed.trial : null;
    } finally {
      clearTimeout(this.#grace);
      this.#fence = null;
    }
  }

  /** Asks the trial to end; see `StopReason` for what becomes of it. */
  stop(reason: StopReason): void {
    if (!this.#stop.signal.aborted) this.#stop.abort(reason);
  }

  /** Prolongs the lease and obeys a verdict that another process set. */
  async renew(): Promise<void> {
    const fence = this.#fence;
    if (fence === null) return;
    const verdict = await this.#host.store.renew(this.#host.study.name, this.number, fence, this.#host.leaseMs);
    if (this.#fence !== null) this.#obey(verdict);
  }

  #watch(trial: RunningTrial, files: TrialFiles): Parameters<Executor["evaluate"]>[1] {
    const { direction } = this.#host.study;
    return {
      signal: this.#stop.signal,
      files,
      print: (text) => this.#host.printed(this.number, text),
      report: (step, value) => this.#report(trial, { step, value: orient(direction, value) }),
    };
  }

  async #report(trial: RunningTrial, report: Report): Promise<Verdict> {
    if (this.#fence === null) return "cancel";
    const { store, study } = this.#host;
    const known = await store.report(study.name, this.number, this.#fence, report);
    const verdict = known === "stale" ? "cancel" : await this.#host.judge(trial, report, known);
    this.#obey(verdict);
    return verdict;
  }

  /** A pruned trial hears of it by its report and gets a grace to end by itself; a cancelled one is stopped at once. */
  #obey(verdict: Verdict | "stale"): void {
    if (verdict === "cancel" || verdict === "stale") this.stop("cancel");
    if (verdict === "prune") this.#grace ??= setTimeout(() => this.stop("prune"), GRACE_MS);
  }

  #task(trial: RunningTrial, token: string): TrialTask {
    const { study, objective, version } = this.#host;
    return {
      v: 1,
      study: study.name,
      trial: trial.number,
      attempt: trial.attempt,
      token,
      objective,
      version,
      assignment: trial.assignment,
      seed: trialSeed(study, trial.number),
      studySeed: study.seed,
      purpose: "search",
    };
  }
}
