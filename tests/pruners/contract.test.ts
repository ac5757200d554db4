import { hyperband } from "../../src/pruners/hyperband.ts";
import { none } from "../../src/pruners/none.ts";
import { patient } from "../../src/pruners/patient.ts";
import { median, percentile } from "../../src/pruners/percentile.ts";
import type { Pruner } from "../../src/pruners/pruner.ts";
import { successiveHalving } from "../../src/pruners/successive-halving.ts";
import { threshold } from "../../src/pruners/threshold.ts";
import { describePrunerContract, PRUNER_CHECKS } from "../../src/testing/pruners/contract.ts";
import { describeMutants, type Mutant } from "../testing/mutants.ts";

describePrunerContract("none", none);
describePrunerContract("median", median);
describePrunerContract("median without start-up", () => median({ startup: 0, warmup: 2, interval: 4 }));
describePrunerContract("percentile", percentile);
describePrunerContract("successiveHalving", successiveHalving);
describePrunerContract("successiveHalving with few rungs", () => successiveHalving({ min: 3, max: 20, eta: 4 }));
describePrunerContract("hyperband", hyperband);
describePrunerContract("patient", () => patient(median()));
describePrunerContract("patient alone", () => patient(null), { absolute: true });
describePrunerContract("threshold", () => threshold({ lower: 0.5, upper: 3 }), { absolute: true });

/** `median`, its answer or what it is asked changed. */
function broken(judge: (given: Parameters<Pruner["judge"]>, good: Pruner) => string): Pruner {
  const good = median({ startup: 0 });
  return { ...good, judge: (...given) => judge(given, good) as "continue" }; // wrong verdicts are what is tested
}

const MUTANTS: Readonly<Record<string, Mutant<Pruner>>> = {
  "cancels trials": {
    make: () => broken((given, good) => (good.judge(...given) === "prune" ? "cancel" : "continue")),
    breaks: "says continue or prune",
  },
  "changes the reports in place": {
    make: () =>
      broken(([trial, others, plan], good) => {
        (trial.reports as unknown[]).push({ step: 99, value: 0 });
        return good.judge(trial, others, plan);
      }),
    breaks: "leaves what it is given as it was",
  },
  "counts its verdicts": {
    make: () => {
      let asked = 0;
      return broken((given, good) => (asked++ % 7 === 6 ? "continue" : good.judge(...given)));
    },
    breaks: "same reports, same verdict",
  },
  "draws from Math.random": {
    make: () => broken(() => (Math.random() < 0.5 ? "prune" : "continue")),
    breaks: "same reports, same verdict",
  },
  "looks at the first of the others alone": {
    make: () => broken(([trial, [first], plan], good) => good.judge(trial, first ? [first] : [], plan)),
    breaks: "the order of the others does not matter",
  },
  "prunes whoever is silent": {
    make: () => broken(([trial, ...rest], good) => (trial.reports.length === 0 ? "prune" : good.judge(trial, ...rest))),
    breaks: "lets a trial go on that has not reported",
  },
  "prunes NaN at once": {
    make: () =>
      broken(([trial, ...rest], good) =>
        Number.isNaN(trial.reports.at(-1)?.value) ? "prune" : good.judge(trial, ...rest),
      ),
    breaks: "never prunes the only trial",
  },
  "takes higher for better": {
    make: () =>
      broken(([trial, others, plan], good) => {
        const turn = (each: typeof trial): typeof trial => ({
          ...each,
          reports: each.reports.map(({ step, value }) => ({ step, value: -value })),
        });
        return good.judge(turn(trial), others.map(turn), plan);
      }),
    breaks: "never prunes what is better than all others",
  },
  "takes NaN for the best": {
    make: () =>
      broken(([trial, others, plan], good) => {
        const isBeaten = others.some(({ reports }) => Number.isNaN(reports[0]?.value)) && trial.reports.length > 3;
        return isBeaten ? "prune" : good.judge(trial, others, plan);
      }),
    breaks: "NaN of others never makes a trial worse",
  },
  "has options that JSON loses": {
    make: () => ({ ...median(), options: { bound: Number.POSITIVE_INFINITY } }),
    breaks: "has a name and options that survive JSON",
  },
};

describeMutants("pruner", PRUNER_CHECKS, MUTANTS);
