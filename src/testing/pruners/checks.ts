import { deepStrictEqual, ok } from "node:assert/strict";
import type { Pruner, PruningPlan, ReportedTrial } from "../../pruners/pruner.ts";
import { stream } from "../../random/stream.ts";
import { type Check, deepFreeze } from "../check.ts";

/** A fresh instance at every call, all of them alike. */
export type MakePruner = () => Pruner;

/** One law of the pruner port. A pruner with an absolute bound may be excused from those that trials are compared. */
export type PrunerCheck = Check<Pruner>;

const STEPS = 27;
const TRIALS = 16;
const PLANS: readonly PruningPlan[] = [{}, { fidelity: { name: "epochs", min: 1, max: STEPS, eta: 3 } }];

/** The laws that every pruner keeps. */
export const PRUNER_CHECKS: readonly PrunerCheck[] = [
  { name: "has a name and options that survive JSON", run: checkIdentity },
  { name: "says continue or prune", run: checkVerdicts },
  { name: "leaves what it is given as it was", run: checkUnharmed },
  { name: "same reports, same verdict", run: checkDeterminism },
  { name: "the order of the others does not matter", run: checkOrder },
  { name: "lets a trial go on that has not reported", run: checkSilent },
  { name: "never prunes the only trial", isExcusable: true, run: checkOnly },
  { name: "never prunes what is better than all others", isExcusable: true, run: checkBest },
  { name: "NaN of others never makes a trial worse", isExcusable: true, run: checkOthersNaN },
];

function checkIdentity(make: MakePruner): void {
  const { name, options } = make();
  ok(name.length > 0, "no name");
  deepStrictEqual(JSON.parse(JSON.stringify(options)), options);
  deepStrictEqual(make().options, options);
}

function checkVerdicts(make: MakePruner): void {
  everywhere(make(), (verdict) => ok(verdict === "continue" || verdict === "prune", `verdict ${verdict}`));
}

function checkUnharmed(make: MakePruner): void {
  const [trials, before] = [deepFreeze(study()), study()];
  for (const plan of PLANS) for (const trial of trials) make().judge(trial, without(trials, trial), deepFreeze(plan));
  deepStrictEqual(trials, before);
}

function checkDeterminism(make: MakePruner): void {
  const [longLived, first] = [make(), make()];
  everywhere(longLived, (verdict, trial, others, plan) => {
    deepStrictEqual(make().judge(trial, others, plan), verdict, "another instance");
    first.judge(trial, [], plan);
    deepStrictEqual(first.judge({ ...trial }, [...others], plan), verdict, "asked before");
  });
}

function checkOrder(make: MakePruner): void {
  const rng = stream("pruner contract order");
  everywhere(make(), (verdict, trial, others, plan) => {
    const keys = new Map(others.map((other) => [other, rng.next()]));
    const shuffled = others.toSorted((left, right) => (keys.get(left) ?? 0) - (keys.get(right) ?? 0));
    deepStrictEqual(make().judge(trial, shuffled, plan), verdict);
    deepStrictEqual(make().judge(trial, others.toReversed(), plan), verdict);
  });
}

function checkSilent(make: MakePruner): void {
  const others = study();
  for (const plan of PLANS) {
    deepStrictEqual(make().judge({ number: 99, state: "running", reports: [] }, others, plan), "continue");
  }
}

function checkOnly(make: MakePruner): void {
  for (const value of [0, 1e300, Number.POSITIVE_INFINITY, Number.NaN]) {
    for (const trial of prefixes(flat(0, value))) {
      for (const plan of PLANS) deepStrictEqual(make().judge(trial, [], plan), "continue", `reports of ${value}`);
    }
  }
}

function checkBest(make: MakePruner): void {
  const others = study();
  for (const trial of prefixes(falling(99, -10))) {
    for (const plan of PLANS) deepStrictEqual(make().judge(trial, others, plan), "continue");
  }
}

function checkOthersNaN(make: MakePruner): void {
  const others = study().map((trial, index) => (index % 2 === 0 ? trial : flat(trial.number, Number.NaN)));
  const nothing = study().map(({ number }) => flat(number, Number.NaN));
  for (const trial of prefixes(falling(99, -10))) {
    for (const plan of PLANS) {
      deepStrictEqual(make().judge(trial, others, plan), "continue");
      deepStrictEqual(make().judge(trial, nothing, plan), "continue");
    }
  }
}

type Visit = (
  verdict: ReturnType<Pruner["judge"]>,
  trial: ReportedTrial,
  others: readonly ReportedTrial[],
  plan: PruningPlan,
) => void;

/** Judges every trial of a study at each of its reports. */
function everywhere(pruner: Pruner, visit: Visit): void {
  const trials = study();
  for (const plan of PLANS) {
    for (const trial of trials) {
      const others = without(trials, trial);
      for (const part of prefixes(trial)) visit(pruner.judge(part, others, plan), part, others, plan);
    }
  }
}

/** A study under way: curves that cross, of different lengths, with gaps, equal values, NaN and infinities. */
function study(): ReportedTrial[] {
  const rng = stream("pruner contract");
  return Array.from({ length: TRIALS }, (_, number) => {
    const state = number % 5 === 4 ? "running" : number % 3 === 1 ? "pruned" : "complete";
    const length = state === "complete" ? STEPS : 1 + Math.floor(rng.next() * (STEPS - 1));
    const [end, speed] = [Math.round(rng.next() * 8) / 8, 1 + rng.next() * 5];
    const reports = Array.from({ length }, (_, step) => ({ step: step + 1, value: end + 3 / (1 + speed * step) }));
    const odd = number === 7 ? Number.NaN : number === 11 ? Number.POSITIVE_INFINITY : null;
    const shown = number % 4 === 3 ? reports.filter(({ step }) => step % 2 === 1) : reports;
    return { number, state, reports: odd === null ? shown : shown.map(({ step }) => ({ step, value: odd })) };
  });
}

function flat(number: number, value: number): ReportedTrial {
  return { number, state: "running", reports: Array.from({ length: STEPS }, (_, step) => ({ step: step + 1, value })) };
}

/** Gets better at every step, from `start` down. */
function falling(number: number, start: number): ReportedTrial {
  const reports = Array.from({ length: STEPS }, (_, step) => ({ step: step + 1, value: start - step }));
  return { number, state: "running", reports };
}

/** A trial as it was at each of its reports: running then. */
function prefixes({ number, reports }: ReportedTrial): readonly ReportedTrial[] {
  return reports.map((_, index) => ({ number, state: "running", reports: reports.slice(0, index + 1) }));
}

function without(trials: readonly ReportedTrial[], trial: ReportedTrial): readonly ReportedTrial[] {
  return trials.filter((each) => each !== trial);
}
