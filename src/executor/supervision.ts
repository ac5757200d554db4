import { isArtifactRefusal } from "../artifacts/refusal.ts";
import type { Outcome } from "../trial/outcome.ts";
import type { Report, Verdict } from "../trial/report.ts";
import { Deadline } from "./deadline.ts";
import { type EarlyEnd, endedBy, type Limits, limitsOf, stopReasonOf } from "./ending.ts";
import type { Evaluation, Watch } from "./executor.ts";

/** What runs a trial, as its supervisor reaches it. */
export interface Stoppable {
  /** Whether it is another process, which goes on while this one stands still. Default false. */
  readonly isApart?: boolean;
  /** Asks the objective to end; it may take the grace to do so. */
  ask(reason: EarlyEnd): void;
  /** The grace is over. */
  kill(reason: EarlyEnd): void;
}

/**
 * Watches over one running trial: the caller's signal, the verdicts on its reports, the time limit, and the grace
 * between asking and killing, which is measured here and nowhere else. The first reason to end decides the outcome,
 * whatever the objective then returns.
 */
export class Supervision {
  /** Why the trial has to end; null while it need not. */
  reason: EarlyEnd | null = null;
  /** The last step reported; 0 before the first. */
  step = 0;

  readonly #watch: Watch;
  readonly #limits: Limits;
  readonly #target: Stoppable;
  readonly #told = new Set<Promise<Verdict>>();
  /** What the caller's side threw, which is no fault of the trial. */
  #broken: unknown = null;
  #isAsked = false;
  #isOver = false;
  #limit: Deadline | undefined;
  #grace: Deadline | undefined;

  constructor(watch: Watch, limits: Limits, target: Stoppable) {
    this.#watch = watch;
    this.#limits = limitsOf(watch, limits);
    this.#target = target;
  }

  /** From here on the clock runs and the caller's signal is heard. */
  begin(): void {
    const { signal } = this.#watch;
    const { trialTimeoutMs } = this.#limits;
    if (signal.aborted) this.#hear();
    else signal.addEventListener("abort", this.#hear, { once: true });
    if (trialTimeoutMs !== null && this.reason === null)
      this.#limit = this.#after(trialTimeoutMs, () => this.end("timeout"));
  }

  /** Asks the trial to end, once, and kills it after the grace. A second reason does not change the outcome. */
  end(reason: EarlyEnd): void {
    this.#start(reason);
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#target.ask(this.reason ?? reason);
  }

  /** Passes reports on. A verdict to stop starts the grace: the objective is told by what its report returns. */
  report(reports: readonly Report[]): Promise<Verdict> {
    this.step = reports.at(-1)?.step ?? this.step;
    return this.#pass(() => this.#watch.report(reports));
  }

  /**
   * Passes on that a checkpoint was saved; its verdict counts as that of a report.
   *
   * @param keep brings its files to where the next attempt finds them
   * @throws ParzenError with code ARTIFACT_REFUSED where they cannot be kept
   */
  checkpoint(step: number, keep?: () => Promise<void>): Promise<Verdict> {
    return this.#pass(async () => {
      await keep?.();
      return this.#watch.checkpoint(step);
    });
  }

  /**
   * The objective came back: what a verdict says from now on reaches nobody, and its time is over, however long the rest
   * takes.
   */
  over(): void {
    this.#isOver = true;
    this.#limit?.cancel();
  }

  /**
   * The evaluation, once the objective came back or is gone and its reports are stored.
   *
   * @throws what the caller's `report` or `checkpoint` threw
   */
  async conclude(result: () => Outcome, log: () => string): Promise<Evaluation> {
    this.over();
    if (this.#told.size > 0) await Promise.allSettled(this.#told);
    this.dispose();
    if (this.#broken !== null) throw this.#broken;
    return { outcome: this.outcome(result()), log: log() };
  }

  /** What becomes of the trial as it stands: what it came to by itself, unless it was asked to end. */
  outcome(result: Outcome): Outcome {
    return this.reason === null ? result : endedBy(this.reason, this.step, this.#limits);
  }

  /** What the caller's side threw ends the trial, and is thrown when it has ended. */
  fail(error: unknown): void {
    this.#broken ??= error;
    if (!this.#isOver) this.end("cancel");
  }

  dispose(): void {
    this.#watch.signal.removeEventListener("abort", this.#hear);
    this.#limit?.cancel();
    this.#grace?.cancel();
  }

  readonly #hear = (): void => this.end(stopReasonOf(this.#watch.signal));

  #start(reason: EarlyEnd): void {
    if (this.reason !== null) return;
    this.reason = reason;
    this.#limit?.cancel();
    this.#grace = this.#after(this.#limits.graceMs, () => this.#target.kill(reason));
  }

  #after(ms: number, fire: () => void): Deadline {
    return new Deadline(ms, fire, { isAttended: this.#target.isApart ?? false });
  }

  #pass(told: () => Promise<Verdict>): Promise<Verdict> {
    const pending = this.#obey(told);
    this.#told.add(pending);
    return pending.finally(() => this.#told.delete(pending));
  }

  async #obey(told: () => Promise<Verdict>): Promise<Verdict> {
    try {
      const verdict = await told();
      if (!this.#isOver && verdict === "prune") this.#start("prune");
      if (!this.#isOver && verdict === "cancel") this.end("cancel");
      return verdict;
    } catch (error) {
      if (isArtifactRefusal(error)) throw error;
      this.fail(error);
      return "cancel";
    }
  }
}
