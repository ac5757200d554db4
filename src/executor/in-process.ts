import { type CompiledSpace, checkCompiled } from "../space/compile.ts";
import { checkOptions, countFrom, type OptionLaws } from "../trial/option-check.ts";
import type { TrialTask } from "../trial/task.ts";
import { endedBy, GRACE_MS, LIMIT_LAWS, type Limits, stopReasonOf } from "./ending.ts";
import type { Evaluation, Executor, Watch } from "./executor.ts";
import { Run } from "./in-process-run.ts";
import { JointSignals } from "./joint-signals.ts";
import { type AnyObjective, checkObjective } from "./objective.ts";
import { Places } from "./places.ts";

/** What `inProcess` runs, and within which limits. Times are in milliseconds and may be of any length. */
export interface InProcessOptions {
  /** Called for each trial with its params and its context; an object with `evaluate` and `test` can be tested as well. */
  readonly objective: AnyObjective;
  /** The compiled space of the study: it turns an assignment into the params that the objective takes. */
  readonly space: CompiledSpace;
  /** How many trials of an asynchronous objective run at once: 1, 2, 3 ... A synchronous one has one. Default 1. */
  readonly slots?: number;
  /** How long one trial may take from the call of the objective; null is no limit. Default null. */
  readonly trialTimeoutMs?: number | null;
  /** What an objective has between being asked to end, by `trial.signal` or a verdict, and being given up. Default 5000. */
  readonly graceMs?: number;
}

/**
 * Evaluates trials in this very process: cheapest, and as fragile as the objective.
 *
 * Nothing here can kill an objective. One that does not end within the grace is abandoned: its trial gets its outcome,
 * what it still does is ignored. One that blocks the event loop is judged when it comes back.
 *
 * @throws ParzenError OPTION_INVALID for an option that is wrong, or that there is not; SpaceError for a space that is not
 * compiled
 */
export function inProcess(options: InProcessOptions): Executor {
  checkOptions(options, LAWS);
  checkObjective(options.objective);
  checkCompiled(options.space);
  return new InProcess(options);
}

/** Has a check of its own, as it must be given. */
const GIVEN = { expected: "anything", accepts: () => true };

const LAWS: OptionLaws = {
  objective: GIVEN,
  space: GIVEN,
  slots: countFrom(1),
  ...LIMIT_LAWS,
};

class InProcess implements Executor {
  readonly slots: number;
  readonly #objective: AnyObjective;
  readonly #space: CompiledSpace;
  readonly #limits: Limits;
  readonly #places: Places;
  readonly #running = new Map<Run, Promise<Evaluation>>();
  readonly #signals = new JointSignals();

  constructor({ objective, space, slots = 1, trialTimeoutMs = null, graceMs = GRACE_MS }: InProcessOptions) {
    this.slots = slots;
    this.#objective = objective;
    this.#space = space;
    this.#limits = { trialTimeoutMs, graceMs };
    this.#places = new Places(slots);
  }

  evaluate(task: TrialTask, watch: Watch): Promise<Evaluation> {
    const place = this.#places.take();
    return place === null ? this.#wait(task, watch) : this.#evaluateAt(place, task, watch);
  }

  async close(): Promise<void> {
    this.#signals.abort("hand-back");
    for (const run of this.#running.keys()) run.end("hand-back");
    await Promise.allSettled(this.#running.values());
  }

  async #wait(task: TrialTask, watch: Watch): Promise<Evaluation> {
    const place = await this.#signals.during(watch.signal, (signal) => this.#places.wait(signal));
    return place === null ? this.#unstarted(watch) : this.#evaluateAt(place, task, watch);
  }

  #unstarted({ signal }: Watch): Evaluation {
    return { outcome: endedBy(signal.aborted ? stopReasonOf(signal) : "hand-back", 0, this.#limits), log: "" };
  }

  /** Runs the objective and gives the place back, in the same turn where the objective is synchronous. */
  #evaluateAt(place: number, task: TrialTask, watch: Watch): Promise<Evaluation> {
    if ((watch.isStopped ?? watch.signal.aborted) || this.#signals.areAborted) {
      this.#places.give(place);
      return Promise.resolve(this.#unstarted(watch));
    }
    const run = new Run(task, watch, this.#limits);
    let evaluation: Evaluation | Promise<Evaluation>;
    try {
      evaluation = run.start(this.#objective, this.#space);
    } catch (error) {
      // The caller's own `print` threw.
      evaluation = Promise.reject(error);
    }
    if (!(evaluation instanceof Promise)) {
      this.#places.give(place);
      return Promise.resolve(evaluation);
    }
    this.#running.set(run, evaluation);
    return evaluation.finally(() => {
      this.#running.delete(run);
      this.#places.give(place);
    });
  }
}
