import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { checkedEvaluation } from "../../executor/evaluation-check.ts";
import type { Evaluation, Executor, StopReason, Watch } from "../../executor/executor.ts";
import { checkReport } from "../../executor/objective.ts";
import type { Fence, Store } from "../../store/store.ts";
import type { StudyRecord } from "../../store/study-record.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import type { Holder, RunningTrial, Trial } from "../../trial/trial.ts";
import { orient, orientOutcome } from "../view/direction.ts";
import { runHere } from "./running-here.ts";
import { isPassing, type Retry, withRetries } from "./store-retry.ts";
import { taskOf } from "./task.ts";
import { clearCheckpoints, ownFiles, retryingFiles } from "./trial-files.ts";

/** The part of a store that an attempt speaks with. */
export type AttemptStore = Pick<Store, "artifacts" | "claim" | "renew" | "report" | "checkpoint" | "commit">;

/** What one attempt at a trial needs from the process that makes it. */
export interface AttemptHost extends Retry {
  readonly store: AttemptStore;
  readonly executor: Executor;
  readonly study: StudyRecord;
  /** Name of the sweep whose objective is meant. */
  readonly objective: string;
  readonly version: string | null;
  readonly leaseMs: number;
  /** The executor's slot that is meant, where its caller keeps count of them. */
  readonly slot?: number;
  started(trial: RunningTrial): void;
  printed(trial: number, text: string): void;
  /**
   * Of reports that come at once, turned inward: the first ones, at least one, after which `judge` is asked before more are
   * stored. Null where it decides nothing, rather than some other process that reads the store.
   */
  readonly untilJudged: ((trial: number, reports: readonly Report[]) => Promise<readonly Report[]>) | null;
  /** Hears reports as they are stored, and may tighten the store's verdict. */
  judge(trial: RunningTrial, reports: readonly Report[], verdict: Verdict): Promise<Verdict>;
}

interface Claimed {
  readonly trial: RunningTrial;
  readonly fence: Fence & { readonly token: string };
  readonly trialTimeoutMs: number | null | undefined;
}

/**
 * One attempt at a queued trial, from its claim to its commit. It watches over the evaluation: what the objective
 * reports and prints comes here. The lease is renewed by `renew`, which the driver calls for all its attempts together.
 */
export class Attempt implements Watch {
  readonly number: number;
  readonly studyId: string;
  readonly slot: number | undefined;
  readonly #host: AttemptHost;
  /** Both are made when somebody looks at them: most trials end by themselves and keep nothing. */
  #controller: AbortController | undefined;
  #files: TrialFiles | undefined;
  #stopped: StopReason | null = null;
  #claimed: Claimed | null = null;
  #machineFault: string | null = null;
  /** The newest verdict, where reports are judged here. */
  #told: Promise<Verdict> = Promise.resolve("continue");

  constructor(number: number, host: AttemptHost) {
    this.number = number;
    this.studyId = host.study.id;
    this.slot = host.slot;
    this.#host = host;
  }

  get signal(): AbortSignal {
    this.#controller ??= new AbortController();
    if (this.#stopped !== null && !this.#controller.signal.aborted) this.#controller.abort(this.#stopped);
    return this.#controller.signal;
  }

  get files(): TrialFiles {
    this.#files ??= ownFiles(this.#keptFiles, () => this.#isStale());
    return this.#files;
  }

  /** The trial's files, whichever attempt is the trial's. */
  get #keptFiles(): TrialFiles {
    return retryingFiles(this.#host.store.artifacts.of(this.studyId, this.number), this.#host);
  }

  /** Of the study at the claim. */
  get trialTimeoutMs(): number | null | undefined {
    return this.#claimed?.trialTimeoutMs;
  }

  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /** @returns the trial as the commit left it; null where somebody else claimed it or its attempt went stale */
  async run(holder: Holder): Promise<Trial | null> {
    const { store, study, version, leaseMs } = this.#host;
    const ended = runHere(this);
    try {
      const claim = { holder, leaseMs, version };
      const claimed = await withRetries(() => store.claim(study.name, this.number, claim), this.#host);
      if (claimed.kind === "refused") return null;
      const { trial, token, trialTimeoutMs } = claimed;
      this.#claimed = { trial, fence: { attempt: trial.attempt, token }, trialTimeoutMs };
      this.#host.started(trial);
      return await this.#evaluate(this.#claimed);
    } finally {
      this.#claimed = null;
      ended();
    }
  }

  /** What is wrong with this machine, where that is what ended the attempt. */
  get machineFault(): string | null {
    return this.#machineFault;
  }

  /** Asks the trial to end; see `StopReason` for what becomes of it. */
  stop(reason: StopReason): void {
    this.#stopped ??= reason;
    this.#controller?.abort(this.#stopped);
  }

  /** Prolongs the lease and obeys a verdict that another process set. Where the store is away, the next one does. */
  async renew(): Promise<void> {
    if (this.#claimed === null) return;
    const { store, study, leaseMs } = this.#host;
    try {
      const verdict = await store.renew(study.name, this.number, this.#claimed.fence, leaseMs);
      if (this.#claimed === null || verdict === "continue") return;
      this.stop(verdict === "prune" ? "prune" : "cancel");
    } catch (error) {
      if (!isPassing(error)) throw error;
    }
  }

  print(text: string): void {
    this.#host.printed(this.number, text);
  }

  /**
   * Where reports are judged here, none is stored after a verdict to end: how many a trial still makes then is chance,
   * and samplers and pruners learn from all that are stored.
   */
  async report(given: readonly Report[]): Promise<Verdict> {
    for (const { step, value } of given) checkReport(step, value, "the executor's report");
    const { direction } = this.#host.study;
    const reports = given.map(({ step, value }) => ({ step, value: orient(direction, value) }));
    const { untilJudged } = this.#host;
    if (untilJudged === null) return this.#report(reports);
    const earlier = this.#told;
    this.#told = (async () => {
      let verdict = await earlier;
      for (let rest = reports; rest.length > 0 && verdict === "continue"; ) {
        const first = await untilJudged(this.number, rest);
        verdict = await this.#report(first);
        rest = rest.slice(first.length);
      }
      return verdict;
    })();
    return this.#told;
  }

  async #report(reports: readonly Report[]): Promise<Verdict> {
    if (this.#claimed === null) return "cancel";
    const { store, study } = this.#host;
    const { trial, fence } = this.#claimed;
    const known = await withRetries(() => store.report(study.name, this.number, fence, reports), this.#host);
    return known === "stale" ? "cancel" : this.#host.judge(trial, reports, known);
  }

  async checkpoint(step: number): Promise<Verdict> {
    if (this.#claimed === null) return "cancel";
    const { store, study } = this.#host;
    const { fence } = this.#claimed;
    const known = await withRetries(() => store.checkpoint(study.name, this.number, fence, step), this.#host);
    return known === "stale" ? "cancel" : known;
  }

  /** Whether another attempt has the trial by now, or none. Where this one has it, its lease is a whole one again. */
  async #isStale(): Promise<boolean> {
    if (this.#claimed === null) return true;
    const { store, study, leaseMs } = this.#host;
    const { fence } = this.#claimed;
    const verdict = await withRetries(() => store.renew(study.name, this.number, fence, leaseMs), this.#host);
    return verdict === "stale";
  }

  async #evaluate({ trial, fence }: Claimed): Promise<Trial | null> {
    const { executor, study, objective } = this.#host;
    let evaluation: Evaluation;
    try {
      evaluation = checkedEvaluation(
        await executor.evaluate(taskOf(study, trial, { objective, token: fence.token }), this),
      );
    } catch (error) {
      // What broke is the machinery, not the objective: the trial goes back to the queue, if the store still listens.
      await this.#commit(fence, { outcome: { kind: "lost", machine: true }, log: "" }).catch(() => null);
      throw error;
    }
    const { outcome } = evaluation;
    if (outcome.kind === "lost" && outcome.machine === true) this.#machineFault = outcome.message ?? "unknown";
    return this.#commit(fence, evaluation);
  }

  async #commit(fence: Fence, { outcome, log }: Evaluation): Promise<Trial | null> {
    const { store, study } = this.#host;
    const result = { outcome: orientOutcome(study.direction, outcome), log };
    const committed = await withRetries(() => store.commit(study.name, this.number, fence, result), this.#host);
    if (committed.kind === "ignored") return null;
    await clearCheckpoints(committed.trial, { files: this.#keptFiles });
    return committed.trial;
  }
}
