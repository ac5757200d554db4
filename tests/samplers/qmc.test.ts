import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { priorQuantile } from "../../src/samplers/prior.ts";
import { qmc } from "../../src/samplers/qmc.ts";
import type { Assignment } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import type { Distribution } from "../../src/space/distribution.ts";
import { hp } from "../../src/space/hp.ts";
import { isInside } from "../../src/space/values.ts";
import { describeSamplerContract } from "../../src/testing/samplers/contract.ts";
import { requestOf, StudyHistory } from "../../src/testing/samplers/history.ts";

describeSamplerContract("qmc", qmc);

const space = compileSpace({
  lr: hp.loguniform(1e-5, 1e-1),
  model: hp.choice([{ type: "linear" }, { type: "net", width: hp.uniformint(1, 8), noise: hp.normal(0, 1) }]),
  x: hp.uniform(0, 1),
});

describe("qmc", () => {
  it("spreads every dimension evenly: 64 trials, one in each 64th of a real one", () => {
    const trials = new StudyHistory(space).run(qmc(), 64);
    const x = trials.map((trial) => Math.floor((trial["x"] ?? 0) * 64)).toSorted((a, b) => a - b);
    expect(x).toEqual(Array.from({ length: 64 }, (_, i) => i));
    const decades = trials.map((trial) => Math.floor(Math.log10(trial["lr"] ?? 0) + 5));
    expect([0, 1, 2, 3].map((decade) => decades.filter((each) => each === decade).length)).toEqual([16, 16, 16, 16]);
    expect(trials.filter((trial) => trial["model"] === 0)).toHaveLength(32);
  });

  it("keeps the dimensions below an option even too", () => {
    const trials = new StudyHistory(space).run(qmc(), 512).filter((trial) => trial["model"] === 1);
    const widths = trials.map((trial) => trial["model.net.width"]);
    for (let width = 1; width <= 8; width++) {
      expect(Math.abs(widths.filter((each) => each === width).length - 32)).toBeLessThan(8);
    }
    const noise = trials.map((trial) => trial["model.net.noise"] ?? Number.NaN);
    expect(Math.abs(noise.filter((z) => z < 0).length - 128)).toBeLessThan(12);
  });

  it("has one sequence for a study and another for each seed", () => {
    const first = qmc().propose(requestOf({ space, trialNumber: 3 }));
    const longer = new StudyHistory(space).run(qmc(), 4);
    expect(first.kind === "try" && first.assignment).toEqual(longer[3]);
    const other = qmc().propose({ ...requestOf({ space, trialNumber: 3 }), studyRng: (name) => stream(8, name) });
    expect(other).not.toEqual(first);
  });

  it("passes over what is not allowed, and stays even among the rest", () => {
    const trials = new StudyHistory(space).run(qmc(), 128, (assignment) => (assignment["x"] ?? 0) < 0.5);
    const eighths = trials.map((trial) => Math.floor((trial["x"] ?? 0) * 16));
    for (let eighth = 0; eighth < 8; eighth++) {
      expect(Math.abs(eighths.filter((each) => each === eighth).length - 16)).toBeLessThan(9);
    }
  });

  it("leaves its point to every trial, whatever others take instead of theirs", () => {
    const isAllowed = ({ x = 0 }: Assignment) => x < 0.25;
    const free = new StudyHistory(space).run(qmc(), 128);
    const bound = new StudyHistory(space).run(qmc(), 128, isAllowed);
    const own = free.flatMap((point, number) => (isAllowed(point) ? [number] : []));
    expect(own).toHaveLength(32);
    expect(own.map((number) => bound[number])).toEqual(own.map((number) => free[number]));
  });

  it("looks in 200 stretches for what is allowed, and stays even where that is one point in 64", () => {
    const trials = new StudyHistory(space).run(qmc(), 64, ({ x = 0 }) => x < 1 / 64);
    const cells = trials.map(({ lr = 0 }) => Math.floor((Math.log10(lr) + 5) * 16));
    expect(new Set(cells).size).toBe(64);
  });

  it("has a coordinate for each of 300 dimensions, no two alike", () => {
    const wide = compileSpace(Object.fromEntries(Array.from({ length: 300 }, (_, i) => [`x${i}`, hp.uniform(0, 1)])));
    for (const trial of new StudyHistory(wide).run(qmc(), 8)) expect(new Set(Object.values(trial)).size).toBe(300);
  });
});

describe("priorQuantile", () => {
  const DISTRIBUTIONS: readonly Distribution[] = [
    { kind: "uniform", low: -2, high: 3 },
    { kind: "loguniform", low: 1e-4, high: 10 },
    { kind: "uniformint", low: -3, high: 4 },
    { kind: "quniform", low: 0.05, high: 1, q: 0.1 },
    { kind: "qloguniform", low: 1, high: 100, q: 3 },
    { kind: "normal", mu: 1, sigma: 2 },
    { kind: "lognormal", mu: 0, sigma: 300 },
    { kind: "qnormal", mu: 0, sigma: 10, q: 4 },
    { kind: "qlognormal", mu: 1, sigma: 1, q: 0.5 },
    { kind: "randint", low: 5, upper: 9 },
    { kind: "choice", count: 7 },
    { kind: "pchoice", probabilities: [0, 0.25, 0.75, 0] },
  ];

  it.each(DISTRIBUTIONS.map((distribution) => [distribution.kind, distribution] as const))(
    "%s rises, inside what it can take",
    (_, distribution) => {
      const unit = fc.double({ min: 0, max: 1, minExcluded: true, maxExcluded: true, noNaN: true });
      fc.assert(
        fc.property(unit, unit, (one, other) => {
          const [low, high] = [Math.min(one, other), Math.max(one, other)].map((u) => priorQuantile(distribution, u));
          expect(isInside(distribution, low!) && isInside(distribution, high!)).toBe(true);
          expect(low).toBeLessThanOrEqual(high!);
        }),
      );
    },
  );

  it("has the median in the middle", () => {
    const medians = DISTRIBUTIONS.map((distribution) => priorQuantile(distribution, 0.5));
    const near = [0.5, Math.sqrt(1e-3), 1, 0.6, 12, 1, 1, 0, 2.5, 7, 3, 2];
    expect(medians).toEqual(near.map((value) => expect.closeTo(value, 12)));
  });
});
