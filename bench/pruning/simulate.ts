import { createStudy, type Observation, type PendingProposal, type Pruner, type Sampler } from "parzen";
import { askOn } from "../search/asking.ts";
import { duration } from "../search/simulate.ts";
import { configOf, spaceOf } from "../search/space.ts";
import type { Config } from "../search/task.ts";
import { foretellingPruner, foretellingSampler } from "./foretell.ts";
import type { CurveTask } from "./task.ts";

export interface Search {
  readonly sampler: Sampler;
  readonly pruner: Pruner;
  readonly seed: number;
  /** Compute to spend, in whole trainings. */
  readonly budget: number;
  readonly inFlight: number;
  /** Whether the sampler is told that a pruned trial failed, so that it learns nothing from how far it came. */
  readonly forgetsPruned: boolean;
  /** Whether the sampler is not told what running trials have reported. */
  readonly forgetsRunning: boolean;
  /** Whether sampler and pruner know from its first report what a trial comes to: a bound of what pruning can save. */
  readonly foretells: boolean;
}

/** What one search found, by the compute that it had spent. */
export interface Found {
  /** At each new incumbent: compute spent, in whole trainings, and its loss. */
  readonly incumbents: readonly (readonly [spent: number, loss: number])[];
  readonly trials: number;
  readonly complete: number;
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

/**
 * Runs one search as a user has it: a study in memory that is asked, reported to and told. Every trial reports each
 * step of its curve and ends where it is told to.
 *
 * Events are simulated: a whole training takes a log-normal time that the trial's number and the seed determine, each
 * of its steps its share of that. Only whole trainings become incumbents; what was stopped counts for its compute.
 */
export async function simulate(task: CurveTask, search: Search): Promise<Found> {
  const { values } = task.fidelity;
  const max = values.at(-1) ?? 1;
  const { seed, budget, inFlight } = search;
  const ends = new Map<number, number>();
  const pruner = search.foretells ? foretellingPruner(search.pruner, ends) : search.pruner;
  const fidelity = { name: task.fidelity.name, max };
  const sampler = knowing(search.foretells ? foretellingSampler(search.sampler, ends) : search.sampler, search);
  const study = await createStudy({ space: spaceOf(task.space), sampler, pruner, seed, fidelity });
  const shareOf = (step: number): number => ((values[step] ?? max) - (values[step - 1] ?? 0)) / max;
  const running: Running[] = [];
  const incumbents: [spent: number, loss: number][] = [];
  let [spent, clock, trials, complete] = [0, 0, 0, 0];

  const begin = async (): Promise<boolean> => {
    const asked = await askOn(study);
    if (asked === null) return false;
    const whole = duration(seed, asked.number);
    const config = configOf(asked.params as object); // params of an object
    running.push({ number: asked.number, config, duration: whole, step: 0, ends: clock + whole * shareOf(0) });
    ends.set(asked.number, task.evaluate(config, { seed, index: asked.number, fidelity: max }).loss);
    trials++;
    return true;
  };
  const end = async (trial: Running, loss: number | null): Promise<void> => {
    running.splice(running.indexOf(trial), 1);
    await study.tell(trial.number, loss ?? { pruned: true });
    if (loss === null) return;
    complete++;
    if (loss < (incumbents.at(-1)?.[1] ?? Number.POSITIVE_INFINITY)) incumbents.push([spent, loss]);
  };

  while (spent < budget) {
    while (running.length < inFlight && (await begin()));
    if (running.length === 0) break;
    const next = running.reduce((first, each) => (each.ends < first.ends ? each : first));
    const { number, config, step } = next;
    clock = next.ends;
    spent += shareOf(step);
    const { loss } = task.evaluate(config, { seed, index: number, fidelity: values[step] ?? max });
    const verdict = await study.report(number, values[step] ?? max, loss);
    if (verdict === "prune") await end(next, null);
    else if (step + 1 === values.length) await end(next, loss);
    else {
      next.step++;
      next.ends = clock + next.duration * shareOf(next.step);
    }
  }
  await study.close();
  return { incumbents, trials, complete };
}

/** A sampler that is told how many trials run at once, which a study that is asked cannot know, and less of others. */
function knowing(sampler: Sampler, { inFlight: parallelism, forgetsPruned, forgetsRunning }: Search): Sampler {
  const propose: Sampler["propose"] = (request) => {
    const plan = { ...request.plan, parallelism };
    const observations = forgetsPruned ? request.observations.map(withoutPruned) : request.observations;
    const pending = forgetsRunning ? request.pending.map(withoutReport) : request.pending;
    return sampler.propose({ ...request, plan, observations, pending });
  };
  return { ...sampler, propose };
}

function withoutPruned(observation: Observation): Observation {
  return observation.result.kind === "pruned" ? { ...observation, result: { kind: "failed" } } : observation;
}

function withoutReport({ report: _, ...trial }: PendingProposal): PendingProposal {
  return trial;
}
