import { describe, expect, it } from "vitest";
import { grid } from "../../../src/samplers/grid/grid.ts";
import type { GridOptions } from "../../../src/samplers/grid/options.ts";
import { gridValues } from "../../../src/samplers/grid/values.ts";
import type { Assignment } from "../../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../../src/space/compile.ts";
import type { Distribution } from "../../../src/space/distribution.ts";
import { hp } from "../../../src/space/hp.ts";
import { describeSamplerContract } from "../../../src/testing/samplers/contract.ts";
import { requestOf, StudyHistory } from "../../../src/testing/samplers/history.ts";
import { thrownBy } from "../../thrown-by.ts";

describeSamplerContract("grid", () => grid({ steps: 50 }));

function trialsOf(space: CompiledSpace, options: GridOptions, limit = 10_000): Assignment[] {
  return new StudyHistory(space).run(grid(options), limit);
}

const space = compileSpace({
  lr: hp.loguniform(1e-4, 1),
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 1), nesterov: hp.choice([true, false]) },
    { type: "adam" },
  ]),
  layers: hp.uniformint(1, 3),
});

describe("grid", () => {
  it("tries every configuration once, then ends", () => {
    const trials = trialsOf(space, { steps: 5 });
    expect(trials).toHaveLength(5 * (5 * 2 + 1) * 3);
    expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(trials.length);
    expect(new Set(trials.map(({ lr }) => lr))).toEqual(
      new Set([1e-4, 1e-3, 1e-2, 1e-1, 1].map((x) => expect.closeTo(x, 12))),
    );
    expect(trials.filter((trial) => "optimizer.adam.momentum" in trial)).toEqual([]);
    expect(trials.filter((trial) => trial["optimizer"] === 1)).toHaveLength(5 * 3);
  });

  it("jumps about the grid in an order of its own, which stays", () => {
    const sgd = (digits: readonly number[]) => ({
      ...{ lr: digits[0], optimizer: 0, "optimizer.sgd.momentum": digits[1], "optimizer.sgd.nesterov": digits[2] },
      layers: digits[3],
    });
    expect(trialsOf(space, { steps: 5 }, 4)).toEqual([
      sgd([1e-4, 0, 0, 1]),
      sgd([0.1, 0.25, 1, 3]),
      sgd([0.01, 0.5, 0, 2]),
      sgd([1e-3, 1, 1, 1]),
    ]);
  });

  it("takes steps by path, of finite dimensions too", () => {
    const trials = trialsOf(space, { steps: { lr: 2, "optimizer.sgd.momentum": 1, layers: 2 } });
    expect(trials).toHaveLength(2 * (2 + 1) * 2);
    expect(new Set(trials.map(({ layers }) => layers))).toEqual(new Set([1, 3]));
    expect(new Set(trials.map((trial) => trial["optimizer.sgd.momentum"]))).toEqual(new Set([0.5, undefined]));
  });

  it("gives each trial its own turn, whoever had those before", () => {
    const proposal = grid({ steps: 5 }).propose(requestOf({ space, trialNumber: 40 }));
    expect(proposal).toEqual({ kind: "try", assignment: trialsOf(space, { steps: 5 }, 41)[40] });
  });

  it("has 10 values of a dimension that no steps are given for", () => {
    const plane = compileSpace({ constructor: hp.uniform(0, 1), x: hp.uniform(0, 1) });
    expect(trialsOf(plane, { steps: { x: 2 } })).toHaveLength(10 * 2);
    expect(trialsOf(plane, {})).toHaveLength(10 * 10);
  });

  it("knows the dimensions of an option behind one that is never drawn", () => {
    const weighted = compileSpace({
      model: hp.pchoice([
        [0, { type: "none", a: hp.randint(5) }],
        [1, { type: "net", b: hp.randint(3) }],
      ]),
    });
    const trials = trialsOf(weighted, {});
    expect(trials).toHaveLength(3);
    expect(new Set(trials.map((trial) => trial["model.net.b"]))).toEqual(new Set([0, 1, 2]));
  });

  it("jumps about: a tenth of the trials has seen every part", () => {
    const plane = compileSpace({ a: hp.uniform(0, 1), b: hp.uniform(0, 1) });
    const trials = trialsOf(plane, { steps: 30 }, 90);
    const ninths = trials.map(({ a = 0, b = 0 }) => Math.floor(a * 2.999) * 3 + Math.floor(b * 2.999));
    for (let ninth = 0; ninth < 9; ninth++) {
      expect(Math.abs(ninths.filter((each) => each === ninth).length - 10)).toBeLessThan(6);
    }
  });

  it("leaves out what an earlier study or the user has tried", () => {
    const history = new StudyHistory(compileSpace({ n: hp.uniformint(1, 12) }));
    history.import({ n: 4 });
    history.add({ n: 7 });
    const trials = history.run(grid(), 100);
    expect(trials.map(({ n }) => n).toSorted((a = 0, b = 0) => a - b)).toEqual([1, 2, 3, 5, 6, 8, 9, 10, 11, 12]);
  });

  it("ends where nothing on the grid is allowed", () => {
    const plane = compileSpace({ a: hp.uniform(0, 1) });
    const proposal = grid().propose(requestOf({ space: plane, isAllowed: ({ a = 0 }) => a > 0.2 && a < 0.21 }));
    expect(proposal).toEqual({ kind: "exhausted" });
  });

  it("tries the few of many that are allowed, however far apart", () => {
    const cube = compileSpace({ a: hp.uniformint(1, 128), b: hp.uniformint(1, 128), c: hp.uniformint(1, 128) });
    const trials = new StudyHistory(cube).run(grid(), 200, ({ a, b, c }) => a === b && b === c);
    expect(new Set(trials.map(({ a }) => a)).size).toBe(128);
  });

  it("holds more configurations than a double can count", () => {
    const wide = compileSpace({
      n: hp.randint(0, Number.MAX_SAFE_INTEGER),
      ...Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`x${i}`, hp.uniform(0, 1)])),
    });
    const trials = trialsOf(wide, { steps: 100 }, 20);
    expect(new Set(trials.map((trial) => JSON.stringify(trial))).size).toBe(20);
    expect(new Set(trials.map(({ n }) => n)).size).toBe(20);
  });

  it.each([
    [{ steps: 0 }, "grid steps: expected an integer from 1 to 1000000, or one for each of some paths, received 0"],
    [
      { steps: 1e9 },
      "grid steps: expected an integer from 1 to 1000000, or one for each of some paths, received 1000000000",
    ],
    [
      { steps: { lr: 1.5 } },
      'grid steps: expected an integer from 1 to 1000000, or one for each of some paths, received {"lr":1.5}',
    ],
    [{ step: 3 } as object, 'grid: unknown option "step" (did you mean "steps"?)'],
  ])("refuses %j", (options, message) => {
    expect(thrownBy(() => grid(options))).toMatchObject({ code: "OPTION_INVALID", message });
  });

  it("refuses steps for what the space has not", () => {
    expect(thrownBy(() => trialsOf(space, { steps: { layer: 3 } }))).toMatchObject({
      code: "OPTION_INVALID",
      message: 'grid steps: the space has no "layer" (did you mean "layers"?)',
    });
    expect(thrownBy(() => trialsOf(space, { steps: { "optimizer.sgd.nesterov": 1 } }))).toMatchObject({
      code: "OPTION_INVALID",
      message: 'grid steps: the values of "optimizer.sgd.nesterov" have no order to take steps in',
    });
  });
});

it("has round values where its steps are round", () => {
  const { count, at } = gridValues({ kind: "loguniform", low: 1e-5, high: 0.1 }, 5, false);
  expect(Array.from({ length: count }, (_, index) => at(index))).toEqual([1e-5, 1e-4, 1e-3, 0.01, 0.1]);
  const tenths = gridValues({ kind: "uniform", low: 0, high: 1 }, 11, false);
  const wide = gridValues({ kind: "loguniform", low: 1e-200, high: 1e200 }, 5, false);
  expect(Array.from({ length: wide.count }, (_, index) => wide.at(index))).toEqual([1e-200, 1e-100, 1, 1e100, 1e200]);
  expect([tenths.at(3), tenths.at(6), tenths.at(10)]).toEqual([0.3, 0.6, 1]);
});

it.each<[Distribution, number, readonly number[]]>([
  [{ kind: "uniform", low: 1.7e12, high: 1.7e12 + 4 }, 5, [0, 1, 2, 3, 4].map((ms) => 1.7e12 + ms)],
  [{ kind: "uniform", low: -Math.SQRT2, high: Math.SQRT2 }, 3, [-Math.SQRT2, 0, Math.SQRT2]],
  [{ kind: "loguniform", low: 1 / 3, high: 1 / 0.3 }, 2, [1 / 3, 1 / 0.3]],
  [{ kind: "uniformint", low: 1, high: 2 ** 41 }, 2, [1, 2 ** 41]],
])("the ends and steps of %j in %i steps are exact, whatever their digits", (distribution, steps, expected) => {
  const { count, at } = gridValues(distribution, steps, true);
  expect(Array.from({ length: count }, (_, index) => at(index))).toEqual(expected);
});

it.each<[Distribution, number, readonly number[]]>([
  [{ kind: "uniform", low: -1, high: 1 }, 3, [-1, 0, 1]],
  [{ kind: "uniform", low: 0.1, high: 0.7 }, 1, [0.4]],
  [{ kind: "loguniform", low: 0.01, high: 100 }, 3, [0.01, 1, 100]],
  [{ kind: "quniform", low: 0.05, high: 0.5, q: 0.1 }, 10, [0.1, 0.2, 0.3, 0.4, 0.5]],
  [{ kind: "quniform", low: 0, high: 100, q: 1 }, 5, [0, 25, 50, 75, 100]],
  [{ kind: "qloguniform", low: 1, high: 1000, q: 1 }, 4, [1, 10, 100, 1000]],
  [{ kind: "qloguniform", low: 1, high: 9, q: 1 }, 9, [1, 2, 3, 4, 5, 6, 7, 8, 9]],
  [{ kind: "qloguniform", low: 1, high: 20, q: 1 }, 19, [1, 2, 3, 4, 5, 6, 7, 9, 10, 12, 14, 17, 20]],
  [{ kind: "normal", mu: 5, sigma: 2 }, 1, [5]],
  [{ kind: "lognormal", mu: 0, sigma: 1 }, 3, [Math.exp(-0.967421566101701), 1, Math.exp(0.967421566101701)]],
  [{ kind: "qnormal", mu: 0, sigma: 1, q: 1 }, 9, [-2, -1, 0, 1, 2]],
  [{ kind: "randint", low: 5, upper: 8 }, 2, [5, 6, 7]],
  [{ kind: "pchoice", probabilities: [0, 0.5, 0, 0.5] }, 1, [1, 3]],
])("gridValues of %j in %i steps", (distribution, steps, expected) => {
  const { count, at } = gridValues(distribution, steps, true);
  expect(Array.from({ length: count }, (_, index) => at(index))).toEqual(expected.map((x) => expect.closeTo(x, 12)));
});
