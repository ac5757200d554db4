import { EventEmitter } from "node:events";
import { checkSlots, type Executor, isExecutor } from "../executor/executor.ts";
import type { Fleet } from "../executor/fleet.ts";
import { type InProcessOptions, inProcess } from "../executor/in-process.ts";
import { checkObjective } from "../executor/objective.ts";
import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler } from "../samplers/sampler.ts";
import type { Assignment } from "../space/assignment.ts";
import type { Given } from "../space/infer.ts";
import { isObject } from "../space/object.ts";
import { checkSoughtName } from "../store/study-name.ts";
import type { StudyRecord, TestRecord } from "../store/study-record.ts";
import type { Objective } from "../trial/context.ts";
import { checkNames } from "../trial/option-check.ts";
import type { Verdict } from "../trial/report.ts";
import { type Asked, type AskOptions, type AskTell, ask, checkAsk, reportAsked, tell } from "./ask-tell.ts";
import { checkFirst } from "./check-first.ts";
import type { DriverListener } from "./dispatch/driver-listener.ts";
import {
  checkDrive,
  checkOptimize,
  type DriveOptions,
  driveDefaults,
  type OptimizeOptions,
} from "./driver/drive-options.ts";
import { Driver } from "./driver/driver.ts";
import { KeptFiles } from "./driver/kept-files.ts";
import { inward, type Pruning } from "./driver/pruning.ts";
import { checkKnown, enqueue, enqueueAssignment } from "./enqueue.ts";
import { checkListener, emitTo, type StudyEvents } from "./events.ts";
import { completed } from "./proposal/complete.ts";
import { ProposalSource } from "./proposal/proposals.ts";
import { propose } from "./proposal/propose.ts";
import { hasProposed } from "./proposal/sampler-version.ts";
import { RUN_NAMES, type RunOptions, settingsOf } from "./settings.ts";
import { StoredStudy } from "./stored-study.ts";
import { checkPrunes } from "./strategies.ts";
import type { StudyParts } from "./study-parts.ts";
import type { StudyTrial } from "./study-trial.ts";
import { readGiver, type TakenOver, type TakeOptions, takeOver } from "./take-over.ts";
import { testTrial, trialToTest } from "./test-split.ts";
import type { Told } from "./told.ts";
import { checkTrialNumber } from "./trial-number.ts";
import type { EndReason } from "./view/stopping.ts";

/**
 * The record of a search, and the handle to go on with it. Get one from `createStudy` or `openStudy`.
 *
 * Reading methods see what every process wrote. `P` is the type of its params.
 */
export class Study<P = unknown> extends StoredStudy<P> {
  readonly sampler: Sampler;
  readonly #parts: StudyParts;
  #pruner: Pruner;
  readonly #events = new EventEmitter<StudyEvents<P>>();
  readonly #listener: DriverListener;

  /** Not for users: `createStudy` and `openStudy` check what goes in here. */
  constructor(parts: StudyParts) {
    super(parts);
    this.sampler = parts.sampler;
    this.#parts = parts;
    this.#pruner = inward(parts.pruner, parts.record.direction);
    this.#listener = emitTo(this.#events, { view: this.view, show: (trial) => this.show(trial) });
  }

  /** A listener that throws or rejects is warned of, and ends nothing. @throws OPTION_INVALID for an event that there is not */
  on<K extends keyof StudyEvents<P>>(event: K, listener: (...args: StudyEvents<P>[K]) => void): this {
    checkListener(event, listener);
    this.#events.on(event, listener as never); // EventEmitter's own typing of a generic map's listener is narrower
    return this;
  }

  /** @throws OPTION_INVALID for an event that there is not */
  off<K extends keyof StudyEvents<P>>(event: K, listener: (...args: StudyEvents<P>[K]) => void): this {
    checkListener(event, listener);
    this.#events.off(event, listener as never); // as above
    return this;
  }

  /**
   * Runs trials in this process until a stop rule holds.
   *
   * @throws OPTION_INVALID, and what the check of the objective throws, at first; STUDY_LIVE where another process, or
   * another thread of this one, runs it
   */
  async optimize(objective: Objective<P>, options: OptimizeOptions = {}): Promise<EndReason> {
    checkOptimize(objective, options);
    const { trialTimeoutMs } = (await this.refresh()).settings;
    await checkFirst(objective, this.view);
    const { parallelism: slots = 1, signal, keepModels } = options;
    const how = { keepModels, ...(signal === undefined ? {} : { halt: signal }) };
    return this.#inProcess(objective, { slots, trialTimeoutMs }, (executor) => this.drive(executor, how));
  }

  /**
   * Runs trials on an executor, or has the workers of a fleet run them, until a stop rule holds. What a dead process
   * left running goes first.
   *
   * @throws OPTION_INVALID; STUDY_LIVE where another process or thread does so already
   */
  async drive(evaluator: Executor | Fleet, options: DriveOptions = {}): Promise<EndReason> {
    checkDrive(evaluator, options);
    const { keepModels, ...how } = driveDefaults(options, this.name);
    const { store } = this.#parts;
    const view = this.view;
    const kept = new KeptFiles({ store, view, keepModels });
    const listener = kept.hearing(this.#listener);
    const parts = { store, view, evaluator, proposals: this.#proposals(), pruner: this.#pruner, listener };
    const driver = new Driver({ ...parts, ...how, makeRoom: () => kept.makeRoom() });
    return kept.during(() => driver.drive());
  }

  /**
   * Gives out a trial to evaluate elsewhere, those queued first; `tell` its loss by number, from any process.
   *
   * @returns null where a stop rule holds, the study is paused, stopped or cancelled, or the space is exhausted
   * @throws OPTION_INVALID
   */
  async ask(options: AskOptions = {}): Promise<Asked<P> | null> {
    checkAsk(options);
    await this.refresh();
    return ask(this.#askTell(), options);
  }

  /** Ends a trial that `ask` gave out. @throws TRIAL_NOT_FOUND, TRIAL_NOT_RUNNING; OPTION_INVALID for what is no ending */
  async tell(number: number, told: Told): Promise<StudyTrial<P>> {
    checkTrialNumber("tell", number);
    await this.refresh();
    const trial = await tell(this.#askTell(), number, told);
    await this.refresh();
    return this.show(trial);
  }

  /**
   * Stores an intermediate value of a trial that `ask` gave out, and has it judged.
   *
   * @param step non-negative integer; a repeated one is ignored
   * @param value in the direction of the study's loss
   * @throws TRIAL_NOT_FOUND, TRIAL_NOT_RUNNING; OPTION_INVALID for what is no report
   */
  async report(number: number, step: number, value: number): Promise<Verdict> {
    checkTrialNumber("report", number);
    await this.refresh();
    return reportAsked(this.#askTell(), number, { step, value });
  }

  /**
   * Queues params to be tried next. What they lack, the sampler proposes beside them, now.
   *
   * @returns the number of the queued trial; null where `maxTrials` is spent
   * @throws ParamsError where the params are not of this space, or a relation forbids them; PARAMS_INVALID where nothing
   * beside them is left to try; OPTION_INVALID where the sampler cannot propose beside them
   */
  async enqueue(params: P | Given<P>): Promise<number | null>;
  /**
   * Takes over a result that is already known.
   *
   * @param params all of them
   * @returns null: it holds no number
   * @throws ParamsError where the params are not of this space, or a relation forbids them; OPTION_INVALID for a loss that
   * is no number
   */
  async enqueue(params: P, known: { readonly loss: number } | undefined): Promise<number | null>;
  async enqueue(params: unknown, known?: { readonly loss: number }): Promise<number | null> {
    if (known !== undefined) checkKnown(known);
    const record = await this.refresh();
    if (known !== undefined) return enqueue(this.#parts, record, { params, loss: known.loss });
    const assignment = completed(this.#parts, this.view, params);
    return enqueueAssignment(this.store, record, { assignment, loss: undefined });
  }

  /**
   * Takes over, as known results, every finished trial of another study whose params are valid in this space and allowed.
   * Trials that failed with an error are left out, as it may have been mended; those that gave no number, took too long or
   * too much memory teach. Where that study has another metric, a figure by this one's name counts. Again, it takes over
   * what is new there.
   *
   * @throws STUDY_NOT_FOUND; OPTION_INVALID where better does not mean the same in both
   */
  async takeFrom(name: string, options: TakeOptions<P> = {}): Promise<TakenOver> {
    checkSoughtName(name);
    checkNames(options, ["store", "defaults"]);
    const { store = this.store, defaults } = options;
    const giver = await readGiver(store, name);
    const record = await this.refresh();
    const { space, relations } = this.#parts;
    const taker = { ...record, space, relations, defaults: defaults ?? null };
    return takeOver(this.store, record, { giver, taker });
  }

  /** Changes settings, of a running study too; another pruner counts from the next run on. @throws OPTION_INVALID */
  async configure(options: RunOptions): Promise<StudyRecord> {
    checkNames(options, RUN_NAMES);
    const { study } = this.view;
    const { pruner } = options;
    const patch = settingsOf(options, study.direction);
    if (pruner !== undefined) checkPrunes(pruner, study);
    const configured = await this.store.configure(this.name, patch);
    if (pruner !== undefined) this.#pruner = inward(pruner, study.direction);
    return configured;
  }

  /**
   * Figures of a trial, the best one by default, on the sealed test split. Taken once; a repeat gives the stored ones.
   *
   * @param how the objective, which must be able to test, or an executor of it
   * @throws OPTION_INVALID; TRIAL_NOT_FOUND; NO_TEST for a trial that is not complete, where none is, and where there is no test
   */
  async test(how: Objective<P> | Executor, number?: number): Promise<TestRecord> {
    if (number !== undefined) checkTrialNumber("test", number);
    if (isObject(how) && isExecutor(how)) checkSlots(how);
    else checkObjective(how);
    const record = await this.refresh();
    const chosen = trialToTest(this.view, number);
    if (isExecutor(how)) return testTrial(this.store, record, chosen, how);
    const limits = { slots: 1, trialTimeoutMs: null };
    return this.#inProcess(how, limits, (executor) => testTrial(this.store, record, chosen, executor));
  }

  /**
   * Proposes a past trial again from what was known then.
   *
   * @returns what equals its stored assignment; null for a trial that no sampler proposed, or another version of it did
   */
  async replay(number: number): Promise<Assignment | null> {
    checkTrialNumber("replay", number);
    const study = await this.refresh();
    const trial = this.view.trials[number] ?? (await this.store.findTrial(this.name, number));
    if (trial.plan === null || !hasProposed(this.sampler, study, number)) return null;
    const history = this.view.historyAt(trial);
    const proposal = propose(this.#parts, { study, number, history, plan: trial.plan });
    return proposal.kind === "try" ? proposal.assignment : null;
  }

  /** Closes the store where the study opened it. */
  async close(): Promise<void> {
    if (this.#parts.ownsStore) await this.store.close();
  }

  async #inProcess<T>(
    objective: Objective<P>,
    limits: Pick<InProcessOptions, "slots" | "trialTimeoutMs">,
    work: (executor: Executor) => Promise<T>,
  ): Promise<T> {
    const evaluated = objective as Objective<unknown>; // its params are those of this space
    const executor = inProcess({ objective: evaluated, space: this.space, ...limits });
    try {
      return await work(executor);
    } finally {
      await executor.close();
    }
  }

  #proposals(): ProposalSource {
    const { samplerChanged: changed } = this.#listener;
    return new ProposalSource({ store: this.store, view: this.view, proposer: this.#parts, changed });
  }

  #askTell(): AskTell & Pruning {
    const proposals = this.#proposals();
    return { store: this.store, view: this.view, space: this.space, proposals, pruner: this.#pruner };
  }
}
