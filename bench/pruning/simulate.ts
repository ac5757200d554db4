import { createStudy, type Study } from "parzen";
import { askOn } from "../search/asking.ts";
import { duration } from "../search/simulate.ts";
import { configOf, spaceOf } from "../search/space.ts";
import type { Config } from "../search/task.ts";
import { informed, type Knowledge, type Strategies } from "./knowledge.ts";
import type { CurveTask } from "./task.ts";

export interface Search extends Strategies, Knowledge {
  readonly seed: number;
  /** Compute to spend, in whole trainings. */
  readonly budget: number;
}

/** What one search found, by the compute that it had spent. */
export interface Found {
  /** At each new incumbent: compute spent, in whole trainings, and its loss. */
  readonly incumbents: readonly (readonly [spent: number, loss: number])[];
  readonly trials: number;
  readonly complete: number;
}

/**
 * Runs one search as a user has it: a study in memory that is asked, reported to and told. Every trial reports each
 * step of its curve and ends where it is told to.
 *
 * Events are simulated: a whole training takes a log-normal time that the trial's number and the seed determine, each
 * of its steps its share of that. Only whole trainings become incumbents; what was stopped counts for its compute.
 */
export async function simulate(task: CurveTask, search: Search): Promise<Found> {
  const { seed, budget, inFlight } = search;
  const ends = new Map<number, number>();
  const fidelity = { name: task.fidelity.name, max: wholeOf(task) };
  const study = await createStudy({ space: spaceOf(task.space), ...informed(search, search, ends), seed, fidelity });
  const simulation = new Simulation(study, { task, seed, ends });
  while (simulation.spent < budget) {
    while (simulation.running < inFlight && (await simulation.begin()));
    if (simulation.running === 0) break;
    await simulation.step();
  }
  await study.close();
  return simulation.found;
}

interface Running {
  readonly number: number;
  readonly config: Config;
  /** Of a whole training, beside others. */
  readonly duration: number;
  /** Index of the step that it is at. */
  step: number;
  /** When that step ends. */
  ends: number;
}

interface SimulationOptions {
  readonly task: CurveTask;
  readonly seed: number;
  /** Takes the loss of each whole training. */
  readonly ends: Map<number, number>;
}

/** Trials of a study whose time passes from the end of one step to the next. */
class Simulation {
  readonly #study: Study<unknown>;
  readonly #options: SimulationOptions;
  readonly #running: Running[] = [];
  readonly #incumbents: [spent: number, loss: number][] = [];
  #spent = 0;
  #clock = 0;
  #trials = 0;
  #complete = 0;

  constructor(study: Study<unknown>, options: SimulationOptions) {
    this.#study = study;
    this.#options = options;
  }

  /** Compute, in whole trainings. */
  get spent(): number {
    return this.#spent;
  }

  get running(): number {
    return this.#running.length;
  }

  get found(): Found {
    return { incumbents: this.#incumbents, trials: this.#trials, complete: this.#complete };
  }

  /** @returns whether there was another trial */
  async begin(): Promise<boolean> {
    const asked = await askOn(this.#study);
    if (asked === null) return false;
    const { task, seed, ends } = this.#options;
    const { number, params } = asked;
    const config = configOf(params as object); // params of an object
    const whole = duration(seed, number);
    this.#running.push({ number, config, duration: whole, step: 0, ends: this.#clock + whole * this.#shareOf(0) });
    ends.set(number, task.evaluate(config, { seed, index: number, fidelity: wholeOf(task) }).loss);
    this.#trials++;
    return true;
  }

  /** Ends the step that is over first. */
  async step(): Promise<void> {
    const { task, seed } = this.#options;
    const { values } = task.fidelity;
    const trial = this.#running.reduce((first, each) => (each.ends < first.ends ? each : first));
    const { number, config, step } = trial;
    const fidelity = values[step] ?? wholeOf(task);
    this.#clock = trial.ends;
    this.#spent += this.#shareOf(step);
    const { loss } = task.evaluate(config, { seed, index: number, fidelity });
    if ((await this.#study.report(number, fidelity, loss)) === "prune") return this.#prune(trial);
    if (step + 1 === values.length) return this.#finish(trial, loss);
    trial.step++;
    trial.ends = this.#clock + trial.duration * this.#shareOf(trial.step);
  }

  async #prune(trial: Running): Promise<void> {
    this.#leave(trial);
    await this.#study.tell(trial.number, { pruned: true });
  }

  async #finish(trial: Running, loss: number): Promise<void> {
    this.#leave(trial);
    await this.#study.tell(trial.number, loss);
    this.#complete++;
    if (loss < (this.#incumbents.at(-1)?.[1] ?? Number.POSITIVE_INFINITY)) this.#incumbents.push([this.#spent, loss]);
  }

  #leave(trial: Running): void {
    this.#running.splice(this.#running.indexOf(trial), 1);
  }

  /** The part of a whole training that a step takes. */
  #shareOf(step: number): number {
    const { task } = this.#options;
    const { values } = task.fidelity;
    const whole = wholeOf(task);
    return ((values[step] ?? whole) - (values[step - 1] ?? 0)) / whole;
  }
}

/** The fidelity of a whole training. */
function wholeOf({ fidelity: { values } }: CurveTask): number {
  return values.at(-1) ?? 1;
}
