import type { Curve } from "./curve.ts";
import { MIN_SEEDS, Runs } from "./runs.ts";
import { type Estimate, estimate, geometricRegret, meanRank, median, regretRatio, winRate } from "./statistics.ts";
import type { Task } from "./task.ts";

/** Trials after which optimizers are compared, beside the end of our runs. */
const MARKS = [25, 50, 100, 200];
/** A peer's trials that one would like to equal with fewer. */
const TARGETS = [100, 200];

export interface Ranking {
  readonly after: number;
  readonly tasks: readonly string[];
  readonly rows: readonly { readonly optimizer: string; readonly rank: Estimate; readonly regret: Estimate }[];
  /** Who did not run on all of these tasks. */
  readonly unranked: readonly string[];
}

export interface Comparison {
  readonly ours: string;
  readonly theirs: string;
  readonly after: number;
  /** Every task, those of real training runs, or the others. */
  readonly set: "all" | "real" | "analytic";
  readonly tasks: number;
  readonly ratio: Estimate;
  readonly wins: Estimate;
  /** The task on which we are worst beside them. */
  readonly worst: { readonly task: string; readonly ratio: number };
}

/** Our worst task beside whoever is best on each. */
export interface WorstTask {
  readonly ours: string;
  readonly after: number;
  readonly task: string;
  readonly theirs: string;
  readonly ratio: number;
}

/** Trials that our median run needs to be as good as theirs after `trials`; null where it never is. */
export interface Equalling {
  readonly ours: string;
  readonly theirs: string;
  readonly trials: number;
  readonly tasks: Readonly<Record<string, number | null>>;
  readonly median: number | null;
}

export interface TaskRow {
  readonly task: string;
  readonly kind: string;
  readonly after: number;
  /** Of normalised regret. */
  readonly medians: Readonly<Record<string, number>>;
}

export interface Summary {
  readonly rankings: readonly Ranking[];
  readonly comparisons: readonly Comparison[];
  readonly worst: readonly WorstTask[];
  readonly equallings: readonly Equalling[];
  readonly tasks: readonly TaskRow[];
}

interface Material {
  readonly tasks: readonly Task[];
  readonly curves: readonly Curve[];
  /** The optimizers that are judged; the others are what they are judged by. */
  readonly ours: readonly string[];
  /** Trials of our runs. */
  readonly trials: number;
}

/** What the curves say. They have to be of the same number in flight. */
export function summarize(material: Material): Summary {
  const { curves, ours, trials } = material;
  const optimizers = [...new Set(curves.map(({ optimizer }) => optimizer))].toSorted();
  const theirs = optimizers.filter((name) => !ours.includes(name));
  const marks = [...MARKS.filter((mark) => mark < trials), trials];
  const runs = new Runs(material.tasks, curves);
  const pairs = ours.flatMap((name) => theirs.map((other) => ({ ours: name, theirs: other })));
  return {
    rankings: marks.flatMap((after) => ranking(runs, optimizers, after)),
    comparisons: pairs.flatMap((pair) => marks.flatMap((after) => comparisons(runs, pair, after))),
    worst: ours.flatMap((name) => marks.flatMap((after) => worstTask(runs, { ours: name, theirs, after }))),
    equallings: pairs.flatMap((pair) => TARGETS.flatMap((target) => equalling(runs, pair, target))),
    tasks: taskRows(runs, optimizers, trials),
  };
}

/** Of the optimizers that ran on every task that anybody ran on. */
function ranking(runs: Runs, optimizers: readonly string[], after: number): readonly Ranking[] {
  const covered = (names: readonly string[]): number => runs.shared(names, after).length;
  const most = Math.max(...optimizers.map((name) => covered([name])));
  const ranked = optimizers.filter((name) => covered([name]) === most);
  const shared = runs.shared(ranked, after);
  if (shared.length === 0) return [];
  const tasks = shared.map(({ samples }) => samples);
  const rows = ranked.map((optimizer, index) => ({
    optimizer,
    rank: estimate(tasks, meanRank(index)),
    regret: estimate(
      tasks.map((samples) => samples.slice(index, index + 1)),
      geometricRegret,
    ),
  }));
  rows.sort((a, b) => a.rank.value - b.rank.value);
  const unranked = optimizers.filter((name) => !ranked.includes(name));
  return [{ after, tasks: shared.map(({ task }) => task.name), rows, unranked }];
}

interface PairOfNames {
  readonly ours: string;
  readonly theirs: string;
}

function comparisons(runs: Runs, pair: PairOfNames, after: number): readonly Comparison[] {
  const shared = runs.shared([pair.ours, pair.theirs], after);
  const isReal = ({ task }: { readonly task: Task }): boolean => task.kind !== "analytic";
  const sets = { all: shared, real: shared.filter(isReal), analytic: shared.filter((each) => !isReal(each)) };
  return (["all", "real", "analytic"] as const).flatMap((set) => {
    const tasks = sets[set].map(({ samples }) => samples);
    const each = sets[set].map(({ task, samples }) => ({ task: task.name, ratio: regretRatio([samples]) }));
    const [worst] = each.toSorted((a, b) => b.ratio - a.ratio);
    if (worst === undefined) return [];
    const ratio = estimate(tasks, regretRatio);
    return [{ ...pair, after, set, tasks: tasks.length, ratio, wins: estimate(tasks, winRate), worst }];
  });
}

function worstTask(
  runs: Runs,
  { ours, theirs, after }: { readonly ours: string; readonly theirs: readonly string[]; readonly after: number },
): readonly WorstTask[] {
  const beside = (task: Task): readonly WorstTask[] =>
    theirs.flatMap((name) => {
      const [one, other] = [runs.regrets(task, ours, after), runs.regrets(task, name, after)];
      if (one === null || other === null) return [];
      return [{ ours, after, task: task.name, theirs: name, ratio: regretRatio([[one, other]]) }];
    });
  const highest = (rows: readonly WorstTask[]): readonly WorstTask[] =>
    rows.toSorted((a, b) => b.ratio - a.ratio).slice(0, 1);
  return highest(runs.tasks.flatMap((task) => highest(beside(task))));
}

function equalling(runs: Runs, { ours, theirs }: PairOfNames, trials: number): readonly Equalling[] {
  const entries = runs.tasks.flatMap((task): readonly [string, number | null][] => {
    const targets = runs.of(task, theirs).flatMap(({ values }) => values[trials - 1] ?? []);
    const curves = runs.of(task, ours);
    if (targets.length < MIN_SEEDS || curves.length < MIN_SEEDS) return [];
    return [[task.name, firstAtMost(curves, median(targets))]];
  });
  if (entries.length === 0) return [];
  const middle = median(entries.map(([, needed]) => needed ?? Number.POSITIVE_INFINITY));
  return [
    { ours, theirs, trials, tasks: Object.fromEntries(entries), median: Number.isFinite(middle) ? middle : null },
  ];
}

/** Trials after which the median of the curves is at most `target`. */
function firstAtMost(curves: readonly Curve[], target: number): number | null {
  const length = Math.min(...curves.map(({ values }) => values.length));
  for (let after = 1; after <= length; after++) {
    if (median(curves.map(({ values }) => values[after - 1] ?? Number.NaN)) <= target) return after;
  }
  return null;
}

function taskRows(runs: Runs, optimizers: readonly string[], after: number): readonly TaskRow[] {
  return runs.tasks.map((task) => {
    const medians = optimizers.flatMap((name): readonly [string, number][] => {
      const regrets = runs.regrets(task, name, after);
      return regrets === null ? [] : [[name, median(regrets)]];
    });
    return { task: task.name, kind: task.kind, after, medians: Object.fromEntries(medians) };
  });
}
