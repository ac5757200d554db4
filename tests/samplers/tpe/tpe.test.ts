import { describe, expect, it } from "vitest";
import { drawConfiguration } from "../../../src/samplers/prior.ts";
import type { ProposalRequest } from "../../../src/samplers/sampler.ts";
import { bestCandidate, isBetter } from "../../../src/samplers/tpe/acquisition.ts";
import type { Model } from "../../../src/samplers/tpe/model.ts";
import type { TpeOptions } from "../../../src/samplers/tpe/options.ts";
import { recordsOf } from "../../../src/samplers/tpe/records.ts";
import { tpe } from "../../../src/samplers/tpe/tpe.ts";
import { checkAssignment } from "../../../src/space/assignment.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";
import { requestOf } from "../../../src/testing/samplers/history.ts";
import type { Observation, ObservedResult } from "../../../src/trial/observation.ts";

const line = compileSpace({ x: hp.uniform(-1, 1) });

const complete = (loss: number): ObservedResult => ({ kind: "complete", losses: [loss] });
const failed: ObservedResult = { kind: "failed" };

function observationsOf(entries: readonly (readonly [x: number, result: ObservedResult])[]): Observation[] {
  return entries.map(([x, result], number) => ({ number, assignment: { x }, reports: [], result }));
}

/** The univariate models, mended. */
const MENDED = { multivariate: false };

/** Values proposed for trials that all have the same past. */
function proposals(
  asked: Omit<Parameters<typeof requestOf>[0], "space">,
  options: TpeOptions = MENDED,
  times = 200,
): number[] {
  return Array.from({ length: times }, (_, index) => {
    const proposal = tpe(options).propose(requestOf({ ...asked, space: line, trialNumber: 1000 + index }));
    return proposal.kind === "try" ? (proposal.assignment["x"] ?? Number.NaN) : Number.NaN;
  });
}

const shareBelow = (values: readonly number[], x: number) => values.filter((value) => value < x).length / values.length;

/** Losses fall towards 0 from both sides; what is below 0 ends as `bad`. */
function halfBad(bad: ObservedResult): Observation[] {
  const points = Array.from({ length: 40 }, (_, index) => -1 + (2 * ((index * 17) % 40) + 1) / 40);
  return observationsOf(points.map((x) => [x, x < 0 ? bad : complete(x)]));
}

it("proposes the same between bounds whose sum is more than a number can say, in their unit", () => {
  const inUnit = (unit: number): readonly number[] => {
    const space = compileSpace({ x: hp.uniform(2.5 * unit, 3.75 * unit) });
    const points = Array.from({ length: 30 }, (_, index) => 2.5 + ((index * 7) % 30) / 24);
    const observations = observationsOf(points.map((x) => [x * unit, complete(Math.abs(x - 2.8))]));
    return Array.from({ length: 20 }, (_, index) => {
      const proposal = tpe(MENDED).propose(requestOf({ space, trialNumber: 30 + index, observations }));
      return proposal.kind === "try" ? (proposal.assignment["x"] ?? Number.NaN) / unit : Number.NaN;
    });
  };
  expect(inUnit(2 ** 1022)).toEqual(inUnit(1));
});

describe("failed trials and NaN losses", () => {
  it("are modelled as worst: few proposals go where they lie", () => {
    for (const bad of [failed, complete(Number.NaN)]) {
      expect(shareBelow(proposals({ observations: halfBad(bad) }), 0)).toBeLessThan(0.25);
    }
  });

  it("leave no trace of a NaN with Hyperopt, which goes on proposing there", () => {
    const observations = halfBad(complete(Number.NaN));
    const share = (hyperopt: boolean) => shareBelow(proposals({ observations }, { hyperopt }), 0);
    expect(share(true)).toBeGreaterThan(2 * share(false));
    const { losses } = recordsOf(requestOf({ space: line, observations }), true);
    expect(losses.length).toBe(20);
  });

  it("are never among the good ones, not even where nothing else is left", () => {
    const rest = Array.from({ length: 23 }, (_, i): [number, ObservedResult] => [-0.9 + i / 100, failed]);
    const observations = observationsOf([[0.8, failed], [0, complete(5)], ...rest]); // two of them are modelled as good
    const near = (values: readonly number[]) => values.filter((x) => x > 0.7 && x < 0.9).length / values.length;
    expect(near(proposals({ observations }))).toBeLessThan(0.05);
    expect(near(proposals({ observations }, { hyperopt: true }))).toBeGreaterThan(0.1);
  });

  it("count as start-up trials", () => {
    const observations = observationsOf(Array.from({ length: 20 }, (_, i) => [0.9 + i / 1000, failed]));
    const right = (values: readonly number[]) => values.filter((x) => x > 0.85).length / values.length;
    expect(right(proposals({ observations }))).toBeLessThan(0.02);
    expect(right(proposals({ observations: observations.slice(1) }))).toBeGreaterThan(0.03);
  });
});

describe("pending trials", () => {
  const observations = observationsOf(
    Array.from({ length: 25 }, (_, i) => {
      const x = -0.98 + (2 * ((i * 7) % 25)) / 25;
      return [x, complete(Math.abs(x - 0.5))];
    }),
  );
  const pending = Array.from({ length: 8 }, (_, i) => ({ number: 25 + i, assignment: { x: 0.49 + i * 0.003 } }));

  it("repel the next ones", () => {
    const close = (values: readonly number[]) => values.filter((x) => x > 0.45 && x < 0.55).length / values.length;
    expect(close(proposals({ observations, pending }))).toBeLessThan(0.5 * close(proposals({ observations })));
  });

  it("are no start-up trials, but with Hyperopt they are", () => {
    const many = Array.from({ length: 40 }, (_, number) => ({ number, assignment: { x: 0.9 + number / 1000 } }));
    const crowd = (values: readonly number[]) => values.filter((x) => x > 0.85).length / values.length;
    expect(crowd(proposals({ pending: many }))).toBeGreaterThan(0.04); // as random draws: 0.075
    expect(crowd(proposals({ pending: many }, { hyperopt: true }))).toBeLessThan(0.02); // modelled, hence avoided
  });

  it("stand among the finished ones by their numbers", () => {
    const finished = [0, 2, 5].map((number) => ({
      number,
      assignment: { x: number / 10 },
      reports: [],
      result: complete(number),
    }));
    const imported: Observation = { number: null, assignment: { x: -1 }, reports: [], result: complete(9) };
    const waiting = [1, 3, 4, 6].map((number) => ({ number, assignment: { x: number / 10 } }));
    const request = requestOf({ space: line, observations: [imported, ...finished], pending: waiting });
    const { assignments, losses } = recordsOf(request, false);
    expect(assignments.map(({ x }) => x)).toEqual([-1, 0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6]);
    expect([...losses]).toEqual([9, 0, Infinity, 2, Infinity, Infinity, 5, Infinity]);
  });
});

it("a pruned trial teaches its loss", () => {
  const points = Array.from({ length: 40 }, (_, i) => -0.975 + i * 0.05);
  const observations = observationsOf(points.map((x) => [x, { kind: "pruned", losses: [Math.abs(x - 0.5)] }]));
  expect(shareBelow(proposals({ observations }), 0)).toBeLessThan(0.2);
});

it("only the first loss counts", () => {
  const request = requestOf({
    space: line,
    observations: observationsOf([[0, { kind: "complete", losses: [1, -5] }]]),
  });
  expect([...recordsOf(request, false).losses]).toEqual([1]);
});

describe("a score of NaN", () => {
  /** Draws 0, 1, 2 in turn and scores them as given. */
  const turns = (scores: readonly number[]): Model => {
    let next = 0;
    const score = (value: number) => scores[value] ?? Number.NEGATIVE_INFINITY;
    return { draw: () => next++, score, logDensity: score };
  };
  const rng = { next: () => 0.5 };
  const nowhere = [Number.NEGATIVE_INFINITY, 0, 1];

  it("never wins, unless as in Hyperopt", () => {
    const contest = (nanWins: boolean) => ({
      below: turns(nowhere),
      above: turns(nowhere.map((x) => Math.min(x, 0))),
      candidates: 3,
      nanWins,
    });
    expect(bestCandidate(contest(false), rng)).toBe(2);
    expect(bestCandidate(contest(true), rng)).toBe(0);
  });

  it("loses to every number, and the first of equal ones wins", () => {
    expect(isBetter(Number.NEGATIVE_INFINITY, Number.NaN, false)).toBe(true);
    expect(isBetter(Number.NaN, Number.NEGATIVE_INFINITY, false)).toBe(false);
    expect(isBetter(1, 1, false)).toBe(false);
    expect(isBetter(Number.NaN, 5, true)).toBe(true);
    expect(isBetter(5, Number.NaN, true)).toBe(false);
  });
});

describe("hyperopt: true", () => {
  const grids = compileSpace({ a: hp.quniform(0, 11, 3), b: hp.qloguniform(1, 20, 2), c: hp.uniformint(-3, 3) });

  function countsOf(options: { hyperopt: boolean; startup: number }): Map<number, number> {
    const counts = new Map<number, number>();
    for (let trialNumber = 0; trialNumber < 2000; trialNumber++) {
      const proposal = tpe(options).propose(requestOf({ space: grids, trialNumber }));
      if (proposal.kind !== "try") continue;
      checkAssignment(grids, proposal.assignment);
      const { c = 0 } = proposal.assignment;
      counts.set(c, (counts.get(c) ?? 0) + 1);
    }
    return counts;
  }

  it.each([0, 20])("halves the outer cells and stays inside the bounds, start-up of %i", (startup) => {
    const theirs = countsOf({ hyperopt: true, startup });
    expect(theirs.get(3) ?? 0).toBeLessThan(0.65 * (theirs.get(0) ?? 0));
    const ours = countsOf({ hyperopt: false, startup });
    expect(ours.get(3) ?? 0).toBeGreaterThan(0.75 * (ours.get(0) ?? 0));
  });

  it("may repeat itself, and does not end a finite space", () => {
    const space = compileSpace({ x: hp.choice(["a", "b"]) });
    const observations: Observation[] = [0, 1].map((x) => ({
      number: x,
      assignment: { x },
      reports: [],
      result: complete(x),
    }));
    expect(tpe(MENDED).propose(requestOf({ space, observations }))).toEqual({ kind: "exhausted" });
    expect(tpe({ hyperopt: true }).propose(requestOf({ space, observations })).kind).toBe("try");
  });
});

describe("a conditional space", () => {
  const space = compileSpace({
    m: hp.choice([
      { type: "a", x: hp.uniform(0, 1) },
      { type: "b", x: hp.uniform(0, 1) },
    ]),
  });
  const past: Observation[] = Array.from({ length: 60 }, (_, number) => {
    const x = ((number * 13) % 60) / 60;
    const assignment = number % 2 === 0 ? { m: 0, "m.a.x": x } : { m: 1, "m.b.x": x };
    const loss = number % 2 === 0 ? 1 + Math.abs(x - 0.9) : Math.abs(x - 0.1);
    return { number, assignment, reports: [], result: complete(loss) };
  });
  const drawn = (request: Partial<ProposalRequest>) =>
    Array.from({ length: 100 }, (_, index) => {
      const base = requestOf({ space, trialNumber: 1000 + index, observations: past });
      const proposal = tpe(MENDED).propose({ ...base, ...request });
      return proposal.kind === "try" ? proposal.assignment : {};
    });

  it("is modelled branch by branch: the better one is taken, near its own optimum", () => {
    const assignments = drawn({});
    const better = assignments.filter(({ m }) => m === 1);
    expect(better.length).toBeGreaterThan(60);
    const near = better.filter((assignment) => Math.abs((assignment["m.b.x"] ?? 9) - 0.1) < 0.15);
    expect(near.length / better.length).toBeGreaterThan(0.6);
  });

  it("draws a branch that no trial took from the space", () => {
    const observations = past.filter(({ assignment }) => assignment["m"] === 0);
    const other = drawn({ observations, isAllowed: ({ m }) => m === 1 }).map((assignment) => assignment["m.b.x"] ?? 9);
    for (const x of [0.25, 0.5, 0.75]) expect(Math.abs(shareBelow(other, x) - x)).toBeLessThan(0.15);
  });
});

it("proposes what the space allows, whatever kind and however odd the history", () => {
  const space = compileSpace({
    a: hp.qnormal(1e9, 1e3, 0.1),
    b: hp.lognormal(300, 200),
    c: hp.loguniform(1e-300, 1e300),
    d: hp.quniform(0, 0.3, 0.1),
    e: hp.randint(2 ** 40),
    f: hp.uniform(0, 1e-9),
    g: hp.qlognormal(-20, 1, 0.25),
    h: hp.qloguniform(1e-12, 1, 1),
  });
  const sampler = tpe({ ...MENDED, startup: 5 });
  const observations: Observation[] = [];
  for (let number = 0; number < 60; number++) {
    const request = requestOf({ space, trialNumber: number, observations });
    const proposal = sampler.propose(request);
    if (proposal.kind !== "try") throw new Error("an endless space");
    checkAssignment(space, proposal.assignment);
    const losses = [[number % 3, Infinity, -Infinity, Number.NaN][number % 4] ?? 0] as const;
    observations.push({ number, assignment: proposal.assignment, reports: [], result: { kind: "complete", losses } });
    observations.push({
      number,
      assignment: drawConfiguration(space, request.rng),
      reports: [],
      result: failed,
    });
  }
});
