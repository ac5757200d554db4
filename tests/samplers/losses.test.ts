import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Curve } from "../../src/samplers/curve.ts";
import { estimateUnfinished } from "../../src/samplers/estimates.ts";
import { countFinite, lossesOf as knownLosses } from "../../src/samplers/losses.ts";
import type { PendingProposal } from "../../src/samplers/sampler.ts";
import type { Observation, ObservedResult } from "../../src/trial/observation.ts";
import { plainlyEstimatePruned } from "./plain-estimates.ts";

const observed = (...results: ObservedResult[]): Observation[] =>
  results.map((result, number) => ({ number, assignment: {}, reports: [], result }));
const complete = (loss: number): ObservedResult => ({ kind: "complete", losses: [loss] });

/** Trials by what they reported at the steps from 1 on; one that came to nothing was pruned at its last report. */
function reported(...trials: readonly { readonly values: readonly number[]; readonly loss?: number }[]): Observation[] {
  return trials.map(({ values, loss }, number) => {
    const reports = values.map((value, index) => ({ step: index + 1, value }));
    const last = reports.findLast(({ value }) => Number.isFinite(value))?.value ?? 0;
    const result: ObservedResult = loss === undefined ? { kind: "pruned", losses: [last] } : complete(loss);
    return { number, assignment: {}, reports, result };
  });
}

const lossesOf = (observations: readonly Observation[]) => knownLosses({ observations, pending: [] }).finished;

describe("lossesOf", () => {
  it("failed trials and NaN have no loss", () => {
    const losses = lossesOf(observed({ kind: "failed" }, complete(2), complete(Number.NaN)));
    expect([...losses]).toEqual([Number.NaN, 2, Number.NaN]);
    expect(countFinite(losses)).toBe(1);
  });

  it("-Infinity is the least finite loss", () => {
    expect([...lossesOf(observed(complete(Number.NEGATIVE_INFINITY), complete(5), complete(3)))]).toEqual([3, 5, 3]);
    const none = lossesOf(observed(complete(Number.NEGATIVE_INFINITY), complete(Number.POSITIVE_INFINITY)));
    expect(countFinite(none)).toBe(0);
  });

  it("a pruned trial counts with what others came to that were at its step where it was", () => {
    const whole = [
      { values: [10, 1], loss: 1 },
      { values: [20, 3], loss: 3 },
    ];
    const losses = lossesOf(reported(...whole, { values: [15] }, { values: [30] }, { values: [5] }));
    // Between two that went on, beyond both as steeply as between them, and never better than the best of them.
    expect([...losses]).toEqual([1, 3, 2, 5, 1]);
  });

  it("one that was stopped early is seen beside those that were stopped later", () => {
    const losses = lossesOf(
      reported({ values: [10, 4, 1], loss: 1 }, { values: [12, 6, 3], loss: 3 }, { values: [20, 8] }, { values: [16] }),
    );
    expect(losses[2]).toBe(5);
    expect(losses[3]).toBe(4);
  });

  it("a trial that began well and was pruned late is not taken for better than one that began worse", () => {
    const losses = lossesOf(reported({ values: [5, 5], loss: 5 }, { values: [9, 1], loss: 1 }, { values: [4, 4.5] }));
    expect(losses[2]).toBeGreaterThan(1);
  });

  it("a report before the step counts where there is none at it, NaN nowhere", () => {
    const gap: Observation = {
      number: 0,
      assignment: {},
      reports: [
        { step: 1, value: 10 },
        { step: 3, value: 1 },
      ],
      result: complete(1),
    };
    const pruned = reported({ values: [12, 11] }, { values: [Number.NaN, Number.NaN] }).map((trial, index) => ({
      ...trial,
      number: index + 1,
      ...(index === 1 && { result: { kind: "failed" } as const }),
    }));
    expect([...lossesOf([gap, ...pruned])]).toEqual([1, 2, Number.NaN]);
  });

  it.each([1e155, 1e200, 1.7e308])("a pruned trial among losses of %d has a finite one", (huge) => {
    const whole = [
      { values: [-huge, 1], loss: -huge },
      { values: [huge, huge], loss: huge },
    ];
    expect(countFinite(lossesOf(reported(...whole, { values: [huge / 2] })))).toBe(3);
  });

  it("pruned trials that nobody went beyond keep their last reports", () => {
    expect([...lossesOf(reported({ values: [4] }, { values: [1] }))]).toEqual([4, 1]);
  });
});

describe("what running trials will come to", () => {
  const running = (step: number, value: number): PendingProposal => ({
    number: 99,
    assignment: {},
    report: { step, value },
  });
  const expected = (observations: readonly Observation[], ...pending: readonly PendingProposal[]) => [
    ...knownLosses({ observations, pending }).expected,
  ];
  /** Trials that came from a first value to a loss, by way of another value. */
  const trials = (count: number, second: (loss: number) => number, first = 9) =>
    reported(...Array.from({ length: count }, (_, loss) => ({ values: [first, second(loss), loss], loss })));
  const telling = trials(5, (loss) => 10 * loss);

  it("is what others came to that were at their step where they are", () => {
    expect(expected(telling, running(2, 15), { number: 98, assignment: {} }, running(2, 50))).toEqual([
      1.5,
      Number.NaN,
      5,
    ]);
  });

  it("may be better than all others, unlike what a pruned one counts for", () => {
    expect(expected(telling, running(2, -10))).toEqual([-1]);
    expect(lossesOf([...telling, ...reported({ values: [9, -10] })]).at(-1)).toBe(0);
  });

  it("is judged by pruned trials that came further too, with their estimates", () => {
    const pruned = [20, 30, 40].map((value) => ({ values: [9, value, value / 10] }));
    const known = reported({ values: [9, 0, 0], loss: 0 }, { values: [9, 10, 1], loss: 1 }, ...pruned);
    const [whole, fewer] = [expected(known, running(2, 25)), expected(known.slice(0, 4), running(2, 25))];
    expect(whole[0]).toBeCloseTo(2.5);
    expect(fewer).toEqual([Number.NaN]);
  });

  it.each([
    ["there is no other", []],
    ["few went further", telling.slice(1)],
    ["none went further", reported(...Array.from({ length: 9 }, (_, value) => ({ values: [9, value] })))],
    ["the others failed", observed(...Array.from({ length: 9 }, () => ({ kind: "failed" }) as const))],
    ["they came to what they had not reported", trials(9, (loss) => (loss * 5) % 9)],
    ["they came to the opposite", trials(9, (loss) => -loss)],
    ["they all reported the same", trials(9, () => 1)],
    ["they came to the same", trials(9, (loss) => loss).map((trial) => ({ ...trial, result: complete(1) }))],
    ["they reported nothing", observed(...Array.from({ length: 9 }, (_, loss) => complete(loss)))],
    ["they reported NaN up to there", trials(9, () => Number.NaN, Number.NaN)],
  ])("is not known where %s", (_, observations) => {
    expect(expected(observations, running(2, 0.7))).toEqual([Number.NaN]);
  });

  it("is known from the step on at which reports tell it", () => {
    expect(expected(telling, running(1, 9), running(2, 9))).toEqual([Number.NaN, 0.9]);
  });

  it("never changes what finished ones count for", () => {
    const known = [...telling, ...reported({ values: [9, 25] })];
    const { finished } = knownLosses({ observations: known, pending: [running(1, 3), running(2, 5)] });
    expect([...finished]).toEqual([...lossesOf(known)]);
  });
});

describe("estimates of pruned trials", () => {
  it("are those of every so many-th trial that went further, of many", () => {
    const many = Array.from({ length: 1000 }, (_, trial) => ({
      values: [trial, 0],
      loss: trial % 4 === 0 ? trial : 1e6,
    }));
    const losses = lossesOf(reported(...many, { values: [501] }));
    expect(losses[1000]).toBe(501);
  });

  // Few values and steps, so that many are equal; signs of zero and figures of any size among them.
  const figure = fc.oneof(
    fc.constantFrom(0, -0, 1, 2, Number.NaN, Number.POSITIVE_INFINITY, 1e300, -1e300, 1e-320),
    fc.integer({ min: -3, max: 3 }),
    fc.double({ min: -10, max: 10, noNaN: true }),
  );
  const result = fc.oneof<fc.Arbitrary<ObservedResult>[]>(
    figure.map(complete),
    figure.map((loss) => ({ kind: "pruned", losses: [loss] })),
    fc.constant({ kind: "failed" }),
  );
  const trial = fc
    .tuple(fc.uniqueArray(fc.record({ step: fc.nat(12), value: figure }), { selector: ({ step }) => step }), result)
    .map(([reports, ended]) => ({ reports: reports.toSorted((left, right) => left.step - right.step), result: ended }));

  it("are to the bit those of a plain reckoning", () => {
    fc.assert(
      fc.property(fc.array(trial, { maxLength: 40 }), (trials) => {
        const observations = trials.map((each, number) => ({ number, assignment: {}, ...each }));
        const given = observations.map((each) => (each.result.kind === "failed" ? Number.NaN : each.result.losses[0]));
        const [losses, expected] = [Float64Array.from(given), Float64Array.from(given)];
        estimateUnfinished(losses, observations);
        plainlyEstimatePruned(expected, observations);
        expect([...losses]).toEqual([...expected]); // which tells 0 from -0
      }),
      { numRuns: 500 },
    );
  });
});

function curveOf(points: readonly (readonly [x: number, y: number])[]): Curve {
  return new Curve(
    Float64Array.from(points, ([x]) => x),
    Float64Array.from(points, ([, y]) => y),
  );
}

describe("a curve through points", () => {
  const points = fc.array(fc.tuple(fc.integer({ min: -50, max: 50 }), fc.integer({ min: -50, max: 50 })), {
    minLength: 1,
    maxLength: 12,
  });

  it("never falls, in whatever order the points come", () => {
    fc.assert(
      fc.property(points, (given) => {
        const curve = curveOf(given);
        const turned = curveOf(given.toReversed().toSorted(([left], [right]) => left - right));
        let last = Number.NEGATIVE_INFINITY;
        for (let x = -60; x <= 60; x++) {
          expect(curve.at(x)).toBeGreaterThanOrEqual(last - 1e-9);
          expect(Number.isFinite(turned.at(x))).toBe(true);
          last = curve.at(x);
        }
      }),
    );
  });

  it("goes through points that rise, and between them straight", () => {
    const curve = curveOf([
      [2, 20],
      [0, 0],
      [1, 5],
    ]);
    expect([0, 0.5, 1, 1.5, 2, 3, -1].map((x) => curve.at(x))).toEqual([0, 2.5, 5, 12.5, 20, 30, 0]);
  });

  it("goes on as steeply before its first point where it is extended", () => {
    const curve = curveOf([
      [1, 5],
      [3, 15],
    ]);
    expect([-1, 1, 2, 4].map((x) => curve.extended(x))).toEqual([-5, 5, 10, 20]);
  });

  it("gives points that fall their mean", () => {
    const curve = curveOf([
      [0, 4],
      [1, 2],
      [2, 9],
    ]);
    expect([curve.at(0), curve.at(1), curve.at(2)]).toEqual([3, 3, 9]);
  });
});
