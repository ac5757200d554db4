import { Checkpoints } from "../artifacts/checkpoints.ts";
import { TrialWrites } from "../artifacts/trial-writes.ts";
import { isParzenError } from "../errors.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { decode } from "../space/decode.ts";
import type { TrialArtifacts, TrialCheckpoint, TrialContext, TrialSignal } from "../trial/context.ts";
import type { Outcome } from "../trial/outcome.ts";
import { checkReport, type Verdict } from "../trial/report.ts";
import type { TrialTask } from "../trial/task.ts";
import { type EarlyEnd, endedBy, type Limits, limitsOf } from "./ending.ts";
import type { Evaluation, Watch } from "./executor.ts";
import { messageOf } from "./failure-message.ts";
import { stackOf } from "./failure-stack.ts";
import { type AnyObjective, call, judge } from "./objective.ts";
import { interpretThrow, invalid } from "./result.ts";
import { type Stoppable, Supervision } from "./supervision.ts";

/** One trial in this process. What only some objectives need, such as its signal, is made when they ask for it. */
export class Run implements TrialContext, Stoppable {
  readonly number: number;
  readonly attempt: number;
  readonly seed: number;
  readonly studySeed: number;
  readonly fidelity: number | null;

  readonly #task: TrialTask;
  readonly #watch: Watch;
  readonly #limits: Limits;
  readonly #startedMs: number;
  #supervision: Supervision | null = null;
  #controller: AbortController | null = null;
  #artifacts: TrialWrites | null = null;
  #checkpoint: Checkpoints | null = null;
  #abandon: ((outcome: Outcome) => void) | null = null;
  #isOver = false;
  /** What is wrong with the first report, save or file that is none. */
  #refused: unknown;
  #log = "";

  constructor(task: TrialTask, watch: Watch, limits: Limits) {
    this.number = task.trial;
    this.attempt = task.attempt;
    this.seed = task.seed;
    this.studySeed = task.studySeed;
    this.fidelity = task.fidelity;
    this.#task = task;
    this.#watch = watch;
    this.#limits = limitsOf(watch, limits);
    this.#startedMs = this.#limits.trialTimeoutMs === null ? 0 : performance.now();
  }

  get signal(): TrialSignal {
    this.#supervise();
    this.#controller ??= new AbortController();
    if (this.#supervision?.reason && !this.#controller.signal.aborted) this.#controller.abort(this.#supervision.reason);
    return this.#controller.signal;
  }

  get artifacts(): TrialArtifacts {
    this.#artifacts ??= new TrialWrites(this.#watch.files, (error, name) => this.#unkept(error, `the file ${name}`));
    return this.#artifacts;
  }

  get checkpoint(): TrialCheckpoint {
    this.#checkpoint ??= new Checkpoints({
      files: this.#watch.files,
      attempt: this.attempt,
      resumedFrom: this.#task.resumedFrom,
      note: async (step) => (this.#isOver ? "cancel" : this.#supervise().checkpoint(step)),
      unsaved: (error, step) => this.#unkept(error, `the checkpoint of step ${step}`),
    });
    return this.#checkpoint;
  }

  // An arrow function, so that an objective may take it out of its context.
  readonly report = (step: number, value: number): Promise<Verdict> => {
    const verdict = this.#report(step, value);
    verdict.catch(() => undefined); // where nobody waits for it, it fails the trial and not the process
    return verdict;
  };

  async #report(step: number, value: number): Promise<Verdict> {
    try {
      checkReport(step, value);
    } catch (refused) {
      this.#refused ??= refused;
      throw refused;
    }
    if (this.#isOver) return "cancel";
    return this.#supervise().report([{ step, value }]);
  }

  /** The evaluation itself where the objective is synchronous and never looked at its context, else a promise of it. */
  start(objective: AnyObjective, space: CompiledSpace): Evaluation | Promise<Evaluation> {
    let params: unknown;
    try {
      params = decode(space, this.#task.assignment);
    } catch (error) {
      return { outcome: invalid(messageOf(error)), log: "" };
    }
    let outcome: Outcome;
    try {
      const returned = call(objective, this.#task, [params, this]);
      if (isThenable(returned)) return this.#follow(objective, returned);
      if (this.#artifacts?.isWriting) return this.#follow(objective, Promise.resolve(returned));
      outcome = judge(objective, this.#task, returned);
    } catch (thrown) {
      outcome = this.#thrown(thrown);
    }
    return this.#finish(outcome);
  }

  end(reason: EarlyEnd): void {
    this.#supervise().end(reason);
  }

  ask(reason: EarlyEnd): void {
    this.#controller?.abort(reason);
  }

  kill(reason: EarlyEnd): void {
    this.#abandon?.(endedBy(reason, this.#supervision?.step ?? 0, this.#limits));
  }

  async #follow(objective: AnyObjective, returned: PromiseLike<unknown>): Promise<Evaluation> {
    this.#supervise();
    const abandoned = new Promise<Outcome>((resolve) => {
      this.#abandon = resolve;
    });
    return this.#finish(await Promise.race([this.#settle(objective, returned), abandoned]));
  }

  async #settle(objective: AnyObjective, returned: PromiseLike<unknown>): Promise<Outcome> {
    try {
      return judge(objective, this.#task, await returned);
    } catch (thrown) {
      return this.#thrown(thrown);
    } finally {
      await this.#over();
    }
  }

  /**
   * The objective came back or was given up: its time is over, however long the rest takes.
   *
   * @returns when the save that is being made, and files that are being written, have come to their end
   */
  #over(): Promise<unknown> | undefined {
    if (this.#isOver) return;
    const { trialTimeoutMs } = this.#limits;
    if (trialTimeoutMs !== null && performance.now() - this.#startedMs > trialTimeoutMs) this.end("timeout");
    this.#isOver = true;
    this.#supervision?.over();
    if (this.#checkpoint === null && this.#artifacts === null) return;
    return Promise.all([this.#checkpoint?.end(), this.#artifacts?.end()]);
  }

  #finish(result: Outcome): Evaluation | Promise<Evaluation> {
    const isIgnored = this.#refused !== undefined && result.kind === "complete";
    const outcome = isIgnored ? this.#thrown(this.#refused) : result;
    void this.#over(); // a promise was followed to here, or nobody waits for saves
    if (this.#supervision === null) return { outcome, log: this.#log };
    return this.#supervision.conclude(
      () => outcome,
      () => this.#log,
    );
  }

  #supervise(): Supervision {
    if (this.#supervision === null) {
      this.#supervision = new Supervision(this.#watch, this.#limits, this);
      this.#supervision.begin();
    }
    return this.#supervision;
  }

  #thrown(thrown: unknown): Outcome {
    this.#print(stackOf(thrown));
    return interpretThrow(thrown);
  }

  /** Perhaps nobody waits for it: what is none fails the trial, as with a report, and the first that fails is told. */
  #unkept(error: unknown, what: string): void {
    if (isParzenError(error) && error.code === "OPTION_INVALID") this.#refused ??= error;
    else if (this.#log === "") this.#print(`${what} could not be kept: ${messageOf(error)}\n`);
  }

  #print(text: string): void {
    this.#log += text;
    this.#watch.print(text);
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof value === "object" && value !== null && "then" in value && typeof value.then === "function";
}
