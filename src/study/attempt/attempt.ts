import type { TrialFiles } from "../../artifacts/artifacts.ts";
import { checkedEvaluation } from "../../executor/evaluation-check.ts";
import type { Evaluation, StopReason, Watch } from "../../executor/executor.ts";
import { isMachineFault, machineFault } from "../../executor/machine-fault.ts";
import { checkReport, type Report, type Verdict } from "../../trial/report.ts";
import type { Holder, Trial } from "../../trial/trial.ts";
import { orient, orientOutcome } from "../view/direction.ts";
import type { AttemptHost } from "./attempt-host.ts";
import { ClaimedTrial } from "./claimed-trial.ts";
import { runHere } from "./running-here.ts";
import { isPassing, withRetries } from "./store-retry.ts";
import { taskOf } from "./task.ts";
import { clearCheckpoints, ownFiles, retryingFiles } from "./trial-files.ts";

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
  #claimed: ClaimedTrial | null = null;
  /** Which attempt at the trial it is, once it is claimed, and from then on. */
  #attempt = 1;
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
    this.#files ??= ownFiles(this.#keptFiles, async () => this.#claimed === null || this.#claimed.isStale());
    return this.#files;
  }

  /** The files of this attempt, whichever is the trial's. */
  get #keptFiles(): TrialFiles {
    return retryingFiles(this.#host.store.artifacts.of(this.studyId, this.number, this.#attempt), this.#host);
  }

  get trialTimeoutMs(): number | null | undefined {
    return this.#claimed?.trialTimeoutMs;
  }

  get isStopped(): boolean {
    return this.#stopped !== null;
  }

  /** @returns the trial as the commit left it; null where somebody else claimed it or its attempt went stale */
  async run(holder: Holder): Promise<Trial | null> {
    const ended = runHere(this);
    try {
      const claimed = await ClaimedTrial.claim(this.#host, this.number, holder);
      if (claimed === null) return null;
      this.#claimed = claimed;
      this.#attempt = claimed.trial.attempt;
      this.#host.started(claimed.trial);
      return await this.#evaluate(claimed);
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
    try {
      const verdict = await this.#claimed.renew();
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
    const { trial } = this.#claimed;
    const known = await this.#claimed.report(reports);
    return known === "stale" ? "cancel" : this.#host.judge(trial, reports, known);
  }

  async checkpoint(step: number): Promise<Verdict> {
    if (this.#claimed === null) return "cancel";
    const known = await this.#claimed.checkpoint(step);
    return known === "stale" ? "cancel" : known;
  }

  async #evaluate(claimed: ClaimedTrial): Promise<Trial | null> {
    const { executor, study, objective } = this.#host;
    let evaluation: Evaluation;
    try {
      const task = taskOf(study, claimed.trial, { objective, token: claimed.token });
      const unable = this.#attempt > 1 ? await this.#takeOver() : null;
      evaluation = unable ?? checkedEvaluation(await executor.evaluate(task, this));
    } catch (error) {
      // What broke is the machinery, not the objective: the trial goes back to the queue, if the store still listens.
      await this.#commit(claimed, { outcome: { kind: "lost", machine: true }, log: "" }).catch(() => null);
      throw error;
    }
    const { outcome } = evaluation;
    if (outcome.kind === "lost" && outcome.machine === true) this.#machineFault = outcome.message ?? "unknown";
    return this.#commit(claimed, evaluation);
  }

  /** Makes what earlier attempts left this one's. @returns how it ends where the place of the files does not let it */
  async #takeOver(): Promise<Evaluation | null> {
    const { artifacts } = this.#host.store;
    try {
      await withRetries(() => artifacts.begin(this.studyId, this.number, this.#attempt), this.#host);
      return null;
    } catch (error) {
      if (!isMachineFault(error)) throw error;
      return { outcome: machineFault(error.message), log: "" };
    }
  }

  async #commit(claimed: ClaimedTrial, { outcome, log }: Evaluation): Promise<Trial | null> {
    const committed = await claimed.commit({ outcome: orientOutcome(this.#host.study.direction, outcome), log });
    if (committed.kind === "ignored") return null;
    await clearCheckpoints(committed.trial, { files: this.#keptFiles });
    return committed.trial;
  }
}
