import { describe, expect, it } from "vitest";
import { hyperband } from "../../src/pruners/hyperband.ts";
import type { Pruner, PruningPlan, ReportedTrial } from "../../src/pruners/pruner.ts";
import { successiveHalving } from "../../src/pruners/successive-halving.ts";

const trialOf = (number: number, state: ReportedTrial["state"], last: number, value: number): ReportedTrial => ({
  number,
  state,
  reports: Array.from({ length: last }, (_, at) => ({ step: at + 1, value })),
});

/** Good ones, the longest of which went 20 steps, and one that went further and did not end. */
const others = [
  ...Array.from({ length: 100 }, (_, number) => trialOf(number, "complete", number === 7 ? 15 : 20, number / 1000)),
  trialOf(100, "pruned", 90, 0),
];

/** The steps at which a bad trial ends, each judged as if the ones before had let it go on. */
function endsOf(pruner: Pruner, plan: PruningPlan = {}, number = 101): readonly number[] {
  const steps = Array.from({ length: 40 }, (_, at) => at + 1);
  return steps.filter((step) => pruner.judge(trialOf(number, "running", step, 1), others, plan) === "prune");
}

describe("successiveHalving", () => {
  it("without options begins at a fifth of the longest complete trial, each rung four times as far", () => {
    expect(endsOf(successiveHalving())).toEqual([4, 16]);
  });

  it("takes the rungs of the study's fidelity, and its own options before them", () => {
    const plan = { fidelity: { name: "epochs", min: 3, max: 28, eta: 3 } };
    expect(endsOf(successiveHalving(), plan)).toEqual([3, 9, 27]);
    expect(endsOf(successiveHalving({ min: 2, eta: 4 }), plan)).toEqual([2, 8]);
    expect(endsOf(successiveHalving({ max: 9 }), plan)).toEqual([3]);
  });
});

describe("successiveHalving spares", () => {
  /** At step 2 it reports `reported`, at step 10 `end`. */
  const came = (number: number, reported: number, end: number, state: ReportedTrial["state"] = "complete") => ({
    number,
    state,
    reports: [
      { step: 2, value: reported },
      { step: 10, value: end },
    ],
  });
  /** Four that came out well, the worse of them at step 2 the better; six that did not, three of these pruned. */
  const trials = [
    ...[0, 1, 2, 3].map((at) => came(at, 0.5 + at / 10, 0.2 - at / 100)),
    ...[4, 5, 6].map((at) => came(at, 0.9, 0.9)),
    ...[7, 8, 9].map((at) => came(at, 0.1, Number.NaN)),
    came(10, 2, 0.1, "running"),
  ];
  const judge = (value: number, spare?: number): string =>
    successiveHalving(spare === undefined ? {} : { spare }).judge(trialOf(11, "running", 2, value), trials, {
      fidelity: { name: "epochs", min: 2, max: 10, eta: 4 },
    });

  it.each([
    [0, 0.5, "prune"], // three of eleven are better, and there are three places
    [0.01, 0.8, "continue"], // the best of all was there
    [0.01, 0.81, "prune"],
    [0.6, 0.81, "prune"], // of seven four, none of them there
    [0.8, 0.9, "continue"], // a fifth one was
    [0.8, 0.91, "prune"],
    [1, 0.91, "prune"], // one that ended without a figure, or has not ended, is none to go by
    [1, Number.NaN, "prune"],
    [undefined, 0.8, "continue"],
    [undefined, 0.91, "prune"],
  ])("of the complete trials the best, a share of %s: one that reports %s", (spare, value, verdict) => {
    expect(judge(value, spare)).toBe(verdict);
  });

  it("nobody is spared where none is complete, but at a rung that comes early", () => {
    const judge = (max?: number): string =>
      successiveHalving({ spare: 1 }).judge(trialOf(1, "running", 1, 1), [trialOf(0, "running", 1, 0)], {
        ...(max === undefined ? {} : { fidelity: { name: "epochs", min: 1, max, eta: 4 } }),
      });
    expect([judge(5), judge(9), judge(10), judge()]).toEqual(["prune", "prune", "continue", "continue"]);
  });
});

describe("successiveHalving, at a rung before a fifth of the whole", () => {
  /** Complete trials by what they reported at step 1; `ends` says what they came to. */
  const complete = (ends: readonly number[]) =>
    ends.map((end, at) => ({
      number: at,
      state: "complete" as const,
      reports: [
        { step: 1, value: at },
        { step: 10, value: end },
      ],
    }));
  const judge = (ends: readonly number[], spare?: number): string =>
    successiveHalving(spare === undefined ? {} : { spare }).judge(trialOf(99, "running", 1, 50), complete(ends), {
      fidelity: { name: "epochs", min: 1, max: 10, eta: 4 },
    });

  it.each([
    [[0, 1, 2, 3], "continue"], // so few agree by chance
    [[0, 1, 2, 3, 4], "prune"],
    [[0, 1, 2, 4, 3], "continue"],
    [[0, 1, 2, 4, 3, 5, 6, 7], "prune"],
    [[7, 6, 5, 4, 3, 2, 1, 0], "continue"],
    [[0, 0, 0, 0, 0, 0, 0, 0], "continue"],
    [[0, 1, 2, 3, Number.NaN], "continue"],
  ])("prunes once the ends %j of complete trials go with their reports there: %s", (ends, verdict) => {
    expect(judge(ends)).toBe(verdict);
    expect(judge(ends, 0)).toBe("prune");
  });
});

describe("successiveHalving, at a bad step", () => {
  const plan = { fidelity: { name: "epochs", min: 4, max: 20, eta: 4 } };
  /** Reports of steps 1, 2, ... */
  const reporting = (...values: readonly number[]): ReportedTrial => ({
    number: 200,
    state: "running",
    reports: values.map((value, at) => ({ step: at + 1, value })),
  });

  it.each([
    [[0, 0, 0, 1], 0.7, "continue"],
    [[0, 0, 1, 1], 0.7, "continue"], // step 2 is half way
    [[0, 1, 1, 1], 0.7, "prune"],
    [[0, 0, 0, Number.NaN], 0.7, "prune"],
    [[0, 0, 0, 1], 0, "prune"],
  ])("one that reports %j is spared by its best since half way, with spare %s: %s", (values, spare, verdict) => {
    expect(successiveHalving({ spare }).judge(reporting(...values), others, plan)).toBe(verdict);
  });
});

describe("hyperband", () => {
  it("gives brackets their shares: of 25 trials 16 meet both rungs, 6 the second, 3 none", () => {
    const ends = Array.from({ length: 50 }, (_, number) => endsOf(hyperband(), {}, number).join());
    const share = (of: string): number => ends.filter((each) => each === of).length;
    for (const [of, wanted] of [
      ["4,16", 32],
      ["16", 12],
      ["", 6],
    ] as const) {
      expect(Math.abs(share(of) - wanted)).toBeLessThanOrEqual(1);
    }
  });

  it("prunes nothing while nothing tells how far a whole trial goes", () => {
    const begun = [trialOf(0, "running", 9, 0), trialOf(1, "running", 9, 0)];
    expect(hyperband().judge(trialOf(2, "running", 1, 1), begun, {})).toBe("continue");
  });
});
