import type { TrialFiles } from "../artifacts/artifacts.ts";
import type { Executor, StopReason, Watch } from "../executor/executor.ts";
import { GRACE_MS } from "../executor/supervision.ts";
import type { Fence, Store } from "../store/store.ts";
import type { StudyRecord } from "../store/study-record.ts";
import type { Report, Verdict } from "../trial/report.ts";
import type { TrialTask } from "../trial/task.ts";
import type { Holder, RunningTrial, Trial } from "../trial/trial.ts";
import { orient, orientOutcome } from "./direction.ts";
import { trialSeed } from "./propose.ts";

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
 * One attempt at a queued trial, from its claim to its commit. It watches over the evaluation: what the objective
 * reports and prints comes here. The lease is renewed by `renew`, which the driver calls for all its attempts together.
 */
export class Attempt implements Watch {
  readonly number: number;
  readonly files: TrialFiles;
  readonly #host: AttemptHost;
  /** Made when somebody looks at it: most trials end by themselves. */
  #controller: AbortController | undefined;
  #stopped: StopReason | null = null;
  #running: { readonly trial: RunningTrial; readonly fence: Fence } | null = null;
  #grace: NodeJS.Timeout | undefined;

  constructor(number: number, host: AttemptHost) {
    this.number = number;
    this.files = host.store.artifacts.of(host.study.id, number);
    this.#host = host;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stopped !== null && !this.#controller.signal.aborted) this.#controller.abort(this.#stopped);
    return this.#controller.signal;
  }

  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /** @returns the trial as the commit left it; null where somebody else claimed it or its attempt went stale */
  async run(holder: Holder): Promise<Trial | null> {
    const { store, executor, study, version, leaseMs } = this.#host;
    const claimed = await store.claim(study.name, this.number, { holder, leaseMs, version });
    if (claimed.kind === "refused") return null;
    const { trial, token } = claimed;
    const fence = { attempt: trial.attempt, token };
    this.#running = { trial, fence };
    this.#host.started(trial);
    try {
      const { outcome, log } = await executor.evaluate(this.#task(trial, token), this);
      const inward = orientOutcome(study.direction, outcome);
      const committed = await store.commit(study.name, this.number, fence, { outcome: inward, log });
      return committed.kind === "committed" ? committed.trial : null;
    } finally {
      clearTimeout(this.#grace);
      this.#running = null;
    }
  }

  /** Asks the trial to end; see `StopReason` for what becomes of it. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#controller?.abort(this.#stopped);
  }

  /** Prolongs the lease and obeys a verdict that another process set. */
  async renew(): Promise<void> {
    if (this.#running === null) return;
    const { store, study, leaseMs } = this.#host;
    const verdict = await store.renew(study.name, this.number, this.#running.fence, leaseMs);
    if (this.#running !== null) this.#obey(verdict);
  }

  print(text: string): void {
    this.#host.printed(this.number, text);
  }

  async report(step: number, value: number): Promise<Verdict> {
    if (this.#running === null) return "cancel";
    const { store, study } = this.#host;
    const { trial, fence } = this.#running;
    const report = { step, value: orient(study.direction, value) };
    const known = await store.report(study.name, this.number, fence, report);
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
