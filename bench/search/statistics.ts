import seedrandom from "seedrandom";

/** Regrets of several runs of one optimizer on one task. */
export type Sample = readonly number[];

/** A statistic, and the middle 95 % of its bootstrap distribution. */
export interface Estimate {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** Regrets below count as this much: beyond it, who is better no longer matters. */
export const FLOOR = 1e-4;

const RESAMPLES = 1000;

/**
 * Bootstrap over seeds: the runs of each optimizer are drawn anew on each task; the tasks stay.
 *
 * @param tasks for each task, the samples of the optimizers that `statistic` looks at
 */
export function estimate(
  tasks: readonly (readonly Sample[])[],
  statistic: (tasks: readonly (readonly Sample[])[]) => number,
): Estimate {
  const draw = seedrandom.alea("bootstrap");
  const again = (sample: Sample): Sample => sample.map(() => sample[Math.floor(draw() * sample.length)] ?? Number.NaN);
  const values = Array.from({ length: RESAMPLES }, () => statistic(tasks.map((samples) => samples.map(again))));
  values.sort((a, b) => a - b);
  const at = (share: number): number => values[Math.floor(share * (RESAMPLES - 1))] ?? Number.NaN;
  return { value: statistic(tasks), low: at(0.025), high: at(0.975) };
}

/** Geometric mean over seeds, then over tasks, of the first optimizer. */
export function geometricRegret(tasks: readonly (readonly Sample[])[]): number {
  return Math.exp(mean(tasks.map(([sample = []]) => logRegret(sample))));
}

/** Geometric mean of the first optimizer's regret, divided by that of the second. */
export function regretRatio(tasks: readonly (readonly Sample[])[]): number {
  return Math.exp(mean(tasks.map(([ours = [], theirs = []]) => logRegret(ours) - logRegret(theirs))));
}

/** Share of pairs of runs on the same task in which the first optimizer is better; ties count half. */
export function winRate(tasks: readonly (readonly Sample[])[]): number {
  return mean(tasks.map(([ours = [], theirs = []]) => shareBetter(ours, theirs)));
}

/** The rank, from 1, that a run of one optimizer has among one run of each. */
export function meanRank(optimizer: number): (tasks: readonly (readonly Sample[])[]) => number {
  return (tasks) =>
    mean(
      tasks.map((samples) => {
        const ours = samples[optimizer] ?? [];
        const others = samples.filter((_, index) => index !== optimizer);
        return 1 + others.reduce((rank, theirs) => rank + shareBetter(theirs, ours), 0);
      }),
    );
}

function shareBetter(ours: Sample, theirs: Sample): number {
  const ascending = theirs.toSorted((a, b) => a - b);
  const below = (bound: number, orEqual: boolean): number => {
    let [low, high] = [0, ascending.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      const value = ascending[middle] ?? Number.NaN;
      if (value < bound || (orEqual && value === bound)) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  const worse = ours.map((regret) => theirs.length - (below(regret, false) + below(regret, true)) / 2);
  return mean(worse) / theirs.length;
}

function logRegret(sample: Sample): number {
  return mean(sample.map((regret) => Math.log(Math.min(Math.max(regret, FLOOR), 1))));
}

export function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return mean([Math.floor(middle), Math.ceil(middle)].map((at) => sorted[at] ?? Number.NaN));
}
