import { standardNormal } from "../../../src/numerics/normal.ts";
import type { Rng } from "../../../src/random/stream.ts";
import type { TpeOptions } from "../../../src/samplers/tpe/options.ts";
import type { Assignment } from "../../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

export interface Domain {
  readonly space: CompiledSpace;
  loss(assignment: Assignment, noise: Rng): number;
  /** The best loss has to be below. */
  readonly bar: number;
  readonly trials: number;
  readonly options?: TpeOptions;
}

const at = (assignment: Assignment, path: string): number => assignment[path] ?? Number.NaN;

/**
 * The domains that Hyperopt tests its TPE on, with its bars, trials and settings.
 *
 * @source hyperopt/tests/unit/test_domains.py and test_tpe.py (TestOpt); the functions are written anew
 */
export const DOMAINS: Readonly<Record<string, Domain>> = {
  quadratic1: {
    space: compileSpace({ x: hp.uniform(-5, 5) }),
    loss: (a) => (at(a, "x") - 3) ** 2,
    bar: 1e-5,
    trials: 1000,
    options: { candidates: 5 },
  },
  q1_lognormal: {
    space: compileSpace({ x: hp.lognormal(0, 2) }),
    loss: (a) => Math.min(0.1 * (at(a, "x") - 10) ** 2, 10),
    bar: 0.01,
    trials: 250,
  },
  /** A high, narrow spike at -10 and a broad, lower hill to the right. */
  distractor: {
    space: compileSpace({ x: hp.uniform(-15, 15) }),
    loss: (a) => -1 / (1 + Math.exp(-at(a, "x"))) - 2 * Math.exp(-((at(a, "x") + 10) ** 2)),
    bar: -1.96,
    trials: 100,
    options: { gamma: 0.05, priorWeight: 0.01, candidates: 15 },
  },
  /** A sine on a broad bump, shifted by half a period in one of two curves. */
  gauss_wave: {
    space: compileSpace({ x: hp.uniform(-20, 20), curve: hp.choice([0, Math.PI]) }),
    loss: (a) => {
      const t = at(a, "x") + (at(a, "curve") === 1 ? Math.PI : 0);
      return -(Math.sin(t) + 2 * Math.exp(-((t / 5) ** 2)));
    },
    bar: -2,
    trials: 50,
  },
  gauss_wave2: {
    space: compileSpace({ x: hp.uniform(-20, 20), amp: hp.uniform(0, 1), wave: hp.choice([false, true]) }),
    loss: (a, noise) => {
      const bump = 0.1 * standardNormal(noise) + 2 * Math.exp(-((at(a, "x") / 5) ** 2));
      return -(at(a, "wave") === 1 ? bump + Math.sin(at(a, "x")) * at(a, "amp") : bump);
    },
    bar: -2,
    trials: 75,
  },
  /** Two arms of unit noise; the first is better by 1. */
  n_arms: {
    space: compileSpace({ arm: hp.choice([0, 1]) }),
    loss: (a, noise) => (at(a, "arm") === 0 ? -1 : 0) + standardNormal(noise),
    bar: -2.5,
    trials: 50,
  },
  /** One dimension of every kind, to be brought to a sum of 0. */
  many_dists: {
    space: compileSpace({
      a: hp.choice([0, 1, 2]),
      b: hp.randint(10),
      bb: hp.randint(12, 25),
      c: hp.uniform(4, 7),
      d: hp.loguniform(Math.exp(-2), 1),
      e: hp.quniform(0, 10, 3),
      f: hp.qloguniform(1, Math.exp(3), 2),
      g: hp.normal(4, 7),
      h: hp.lognormal(-2, 2),
      i: hp.qnormal(0, 10, 2),
      j: hp.qlognormal(0, 2, 1),
      k: hp.pchoice([
        [0.1, 0],
        [0.9, 1],
      ]),
    }),
    loss: (a) => Math.log(1e-12 + Object.values(a).reduce((sum, value) => sum + value, 0) ** 2),
    bar: 0.0005,
    trials: 200,
  },
  branin: {
    space: compileSpace({ x: hp.uniform(-5, 10), y: hp.uniform(0, 15) }),
    loss: (a) => {
      const x = at(a, "x");
      const valley = at(a, "y") - (5.1 / (4 * Math.PI ** 2)) * x ** 2 + (5 * x) / Math.PI - 6;
      return valley ** 2 + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
    },
    bar: 0.7,
    trials: 200,
  },
};
