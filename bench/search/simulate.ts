import seedrandom from "seedrandom";
import type { Search } from "./optimizer.ts";
import type { Config, Task } from "./task.ts";

/** Standard deviation of the logarithm of a trial's duration. */
const SPREAD = 0.5;

export interface SimulationOptions {
  readonly seed: number;
  readonly trials: number;
  readonly inFlight: number;
}

interface Running {
  readonly id: number;
  readonly index: number;
  readonly config: Config;
  readonly ends: number;
}

/**
 * Runs one search with a given number of trials evaluated at once, and gives its curve.
 *
 * Events are simulated: a trial takes a log-normal time that its index and the seed determine, the same for every
 * optimizer; whenever one ends, its loss is told and the next is asked for. The curve counts finished trials. A space
 * that is exhausted ends the search, and the last incumbent stays.
 */
export async function simulate(search: Search, task: Task, options: SimulationOptions): Promise<readonly number[]> {
  const { seed, trials, inFlight } = options;
  const running: Running[] = [];
  const values: number[] = [];
  let [lowest, incumbent, clock, asked] = [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY, 0, 0];
  while (values.length < trials) {
    while (running.length < inFlight && asked < trials) {
      const next = await search.ask();
      if (next === null) break;
      running.push({ ...next, index: asked, ends: clock + duration(seed, asked) });
      asked++;
    }
    const ended = takeEarliest(running);
    if (ended === undefined) break;
    clock = ended.ends;
    const evaluation = task.evaluate(ended.config, { seed, index: ended.index });
    await search.tell(ended.id, evaluation.loss);
    if (evaluation.loss < lowest) [lowest, incumbent] = [evaluation.loss, evaluation.true];
    values.push(incumbent);
  }
  while (values.length < trials) values.push(incumbent);
  return values;
}

function takeEarliest(running: Running[]): Running | undefined {
  const first = running.reduce((best, { ends }, at) => (ends < (running[best]?.ends ?? 0) ? at : best), 0);
  return running.splice(first, 1)[0];
}

/** The median is 1. */
export function duration(seed: number, index: number): number {
  const draw = seedrandom.alea(`duration ${seed} ${index}`);
  const radius = Math.sqrt(-2 * Math.log(1 - draw.double()));
  return Math.exp(SPREAD * radius * Math.cos(2 * Math.PI * draw.double()));
}
