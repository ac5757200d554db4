import { beforeAll, describe, expect, it } from "vitest";
import { curvesFigure } from "../../plots/curves.ts";
import { type DrawnStudy, readStudy } from "../../plots/drawn-study.ts";
import type { Figure } from "../../plots/figure.ts";
import { historyFigure } from "../../plots/history.ts";
import { importanceFigure } from "../../plots/importance.ts";
import { parallelFigure } from "../../plots/parallel.ts";
import { plot } from "../../plots/plot.ts";
import { slicesFigure } from "../../plots/slices.ts";
import { createStudy, encode, hp, random } from "../../src/index.ts";
import { knownStudy, LOSSES } from "./known-study.ts";

let study: DrawnStudy;
let empty: DrawnStudy;

beforeAll(async () => {
  study = await readStudy(await knownStudy(), ["importance"]);
  empty = await readStudy(await knownStudy([null]), ["importance"]);
});

type Place = readonly (number | null)[];

interface Series {
  readonly name?: string;
  readonly data: readonly (Place | { readonly value: Place; readonly symbol?: string })[];
}

function allSeries(figure: Figure | null): readonly Series[] {
  return [figure?.option["series"]].flat() as readonly Series[]; // each of ours is made so
}

/** The places in each series of a figure by name, or by its own place where it has none. */
function seriesOf(figure: Figure | null): Map<string, readonly Place[]> {
  const placesOf = ({ data }: Series) => data.map((item) => ("value" in item ? item.value : item));
  return new Map(allSeries(figure).map((series, index) => [series.name ?? String(index), placesOf(series)]));
}

describe("history", () => {
  it("has each trial at its number and the best so far, which pruned and failed ones never are", () => {
    const figure = historyFigure(study);
    expect(Object.fromEntries(seriesOf(figure))).toEqual({
      complete: [
        [0, 40],
        [1, 1],
        [4, 20],
        [5, 0.5],
      ],
      pruned: [[3, 121]],
      failed: [[2, 0]],
      "best so far": [
        [0, 40],
        [1, 1],
        [5, 0.5],
        [5, 0.5],
      ],
    });
    expect(figure?.caption).toBe("The best is trial 5: 0.5.");
  });

  it("goes up where more is better", async () => {
    const up = await readStudy(await knownStudy([4, 1, null, 9, 2], "maximize"), ["importance"]);
    expect(seriesOf(historyFigure(up)).get("best so far")).toEqual([
      [0, 4],
      [3, 9],
      [4, 9],
    ]);
    expect(up.best?.number).toBe(3);
  });

  it("draws what lies far out at the edge, and says so", async () => {
    const wild = await readStudy(await knownStudy([4, 5, 6, 7, 99, 5, 6, -4]), ["importance"]);
    const figure = historyFigure(wild);
    const drawn = seriesOf(figure)
      .get("complete")
      ?.map(([, loss]) => loss);
    expect(drawn?.toSpliced(4, 1)).toEqual([4, 5, 6, 7, 5, 6, -4]);
    expect(drawn?.[4]).toBeGreaterThan(7);
    expect(drawn?.[4]).toBeLessThan(20);
    expect(figure?.caption).toMatch(/ One that lies far out is at the edge\.$/);
  });

  it("is as wide as the losses of complete trials are, however many were pruned early", async () => {
    const complete = [94, 91, 93, 92, 91, 93, 92, 91];
    const early = [150, 280, 400, 250, 310, 180, 990, 120];
    const pruned = historyFigure(await readStudy(await knownStudy([...complete, ...early])));
    expect(heights(pruned, "complete")).toEqual(complete);
    expect(new Set(heights(pruned, "pruned"))).toEqual(new Set([99]));
    expect(pruned?.caption).toMatch(/ 8 that lie far out are at the edge\.$/);
    // Where half of the complete ones are the same, they say of nothing that it is far out.
    const same = historyFigure(await readStudy(await knownStudy([...Array(8).fill(91), 95, ...early, 9e9])));
    expect(Math.max(...heights(same, "pruned").map(Number))).toBeLessThan(9e9);
    // With too few that are complete all of them count.
    const few = historyFigure(await readStudy(await knownStudy([99, ...early])));
    expect(heights(few, "pruned")).toContain(401);
  });
});

function heights(figure: Figure | null, name: string): readonly unknown[] {
  return (
    seriesOf(figure)
      .get(name)
      ?.map(([, loss]) => loss) ?? []
  );
}

it.each([
  ["a hundredfold", [0.1, 1, 5, 10], "log"],
  ["less", [1, 5, 20, 90], "value"],
  ["a hundredfold but for one that lies far out", [4, 5, 6, 7, 5, 99], "value"],
  ["from below 0", [-1, 1, 5, 90], "value"],
])("losses that differ %s", async (_title, some, type) => {
  const axes = historyFigure(await readStudy(await knownStudy(some)))?.option["yAxis"];
  expect(axes).toMatchObject([{ type }, {}]);
});

it("losses that differ little beside their size keep their ticks where one lies far out", async () => {
  const near = Array.from({ length: 9 }, (_, index) => 1e9 + index / 1e4);
  const axes = historyFigure(await readStudy(await knownStudy([...near, 1e9 - 1], "maximize")))?.option["yAxis"];
  const [{ min, axisLabel }] = axes as readonly [{ min: number; axisLabel: { formatter(tick: number): string } }]; // ours
  expect(axisLabel.formatter(min)).toBe("");
  expect(axisLabel.formatter(1e9)).toBe("1e+9");
});

describe("slices", () => {
  it("have every trial that has the param, at its value", () => {
    const figure = slicesFigure(study);
    const axes = figure?.option["xAxis"] as readonly { name: string }[]; // each of ours is made so
    const names = axes.map(({ name }) => name);
    const [lr, momentum] = ["lr", "optimizer.sgd.momentum"].map((path) =>
      seriesOf(figure).get(String(names.indexOf(path))),
    );
    const told = study.trials.filter(({ number }) => LOSSES[number] !== null);
    const assignments = told.map(({ params }) => encode(study.space, params));
    expect(lr?.map(([x, , number]) => [number, x])).toEqual(
      told.map(({ number }, i) => [number, assignments[i]?.["lr"]]),
    );
    const with_ = told.filter((_, i) => assignments[i]?.["optimizer.sgd.momentum"] !== undefined);
    expect(with_.length).toBeGreaterThan(0);
    expect(momentum?.map(([, , number]) => number)).toEqual(with_.map(({ number }) => number));
  });
});

it("slices show pruned trials as hollow, and say so", () => {
  const figure = slicesFigure(study);
  const dots = allSeries(figure).flatMap(({ data }) => data);
  const hollow = dots.flatMap((dot) => ("value" in dot && dot.symbol === "emptyCircle" ? dot.value[2] : []));
  expect(new Set(hollow)).toEqual(new Set([3]));
  expect(figure?.caption).toContain("Pruned ones are hollow");
});

it("slices slant the names of options that do not fit side by side", async () => {
  const names = ["relu", "tanh", "sigmoid", "softplus", "swish", "gelu"];
  const space = { few: hp.choice(names.slice(0, 2)), many: hp.choice(names) };
  const drawn = await createStudy({ space, sampler: random(), maxTrials: 1 });
  await drawn.optimize(() => 1);
  const axes = slicesFigure(await readStudy(drawn))?.option["xAxis"];
  expect(axes).toMatchObject([{ axisLabel: { formatter: expect.anything() } }, { axisLabel: { rotate: 45 } }]);
  expect(axes).not.toMatchObject([{ axisLabel: { rotate: 45 } }, {}]);
});

describe("parallel", () => {
  it.each([
    [3, "first 12 params, 1 is left out"],
    [12, "12 params that matter most, 1 is left out"],
  ])("leaves params out, and says which after %d trials", async (maxTrials, said) => {
    const params = Array.from({ length: 13 }, (_, index) => [`p${index}`, hp.uniform(0, 1)]);
    const wide = await createStudy({ space: Object.fromEntries(params), sampler: random(), maxTrials });
    await wide.optimize((_, { number }) => number);
    expect(parallelFigure(await readStudy(wide, ["importance"]))?.caption).toContain(`The ${said}.`);
  });

  it("has a line a trial, the best last, with a gap for a param that it has not", () => {
    const series = seriesOf(parallelFigure(study));
    const lines = series.get("0") ?? [];
    expect([...new Set(lines.map((line) => line.at(-1)))]).toEqual([121, 40, 20, 1, 0.5]);
    const paths = study.space.dimensions.map(({ path }) => path);
    const [choice, momentum] = [paths.indexOf("optimizer"), paths.indexOf("optimizer.sgd.momentum")];
    for (const line of lines) if (line[choice] === 1) expect(line[momentum]).toBeNaN();
    const isThere = (value: number | null | undefined) => value !== null && !Number.isNaN(value);
    const gaps = series.get("1") ?? [];
    expect(gaps.length).toBeGreaterThan(0);
    for (const gap of gaps) {
      expect(gap.slice(0, -1).flatMap((value, axis) => (isThere(value) ? [axis] : []))).toEqual([choice, momentum + 1]);
    }
  });
});

describe("curves", () => {
  it("have every report; the best and the pruned stand out", () => {
    const series = curvesFigure(study)?.option["series"] as readonly Series[]; // ours
    expect(series.map(({ name }) => name)).toEqual(["complete", "complete", "pruned", "complete", "best"]);
    expect(series.at(-1)?.data).toEqual([
      [0, 1.5],
      [1, 0.5],
    ]);
    expect(series[2]?.data).toEqual([[0, expect.any(Number)]]);
  });

  it("show a report that has no neighbours as a dot", async () => {
    const gaps = await createStudy({ space: { x: hp.uniform(0, 1) }, sampler: random(), maxTrials: 3 });
    const told = [[1], [1, Number.NaN, 2, 3], [1, 2]];
    await gaps.optimize(async (_, trial) => {
      for (const [step, value] of (told[trial.number] ?? []).entries()) await trial.report(step, value);
      return trial.number;
    });
    const dots = (await plot(gaps, "curves")).match(/ transform="matrix\(2\.5,0,0,2\.5,/g);
    expect(dots).toHaveLength(2);
  });
});

describe("of many trials", () => {
  let many: DrawnStudy;

  beforeAll(async () => {
    const losses = Array.from({ length: 1600 }, (_, index) => 50 - Math.abs(index - 1001) / 100);
    many = await readStudy(await knownStudy(losses, "maximize"));
  });

  it("parallel draws three hundred, from the worst to the best", () => {
    const lines = seriesOf(parallelFigure(many)).get("0") ?? [];
    expect([lines.length, lines[0]?.at(-1), lines.at(-1)?.at(-1)]).toEqual([300, 50 - 10.01, 50]);
  });

  it("slices draw fifteen hundred, in the order of their numbers, and the best", () => {
    const numbers =
      seriesOf(slicesFigure(many))
        .get("0")
        ?.map(([, , number]) => number ?? 0) ?? [];
    expect([numbers.length, new Set(numbers).size]).toEqual([1500, 1500]);
    expect(numbers).toEqual(numbers.toSorted((a, b) => a - b));
    expect(numbers).toContain(1001);
  });

  it("curves draw five hundred, and the best", () => {
    const names = allSeries(curvesFigure(many)).map(({ name }) => name);
    expect([names.length, names.at(-1)]).toEqual([500, "best"]);
  });

  it.each([parallelFigure, slicesFigure, curvesFigure])("%o says so", (figure) => {
    expect(figure(many)?.caption).toMatch(/ Drawn are (300|1500|500) of 1600 trials\./);
    expect(figure(study)?.caption).not.toContain("Drawn");
  });
});

it("importance has a bar a param", async () => {
  const losses = Array.from({ length: 12 }, (_, index) => index % 5);
  const many = await readStudy(await knownStudy(losses), ["importance"]);
  const bars = allSeries(importanceFigure(many)).map(({ name, data }) => [name, data.length]);
  expect(bars).toEqual([
    ["with others", 4],
    ["alone", 4],
  ]);
});

it.each([historyFigure, slicesFigure, parallelFigure, curvesFigure, importanceFigure])(
  "%o shows nothing of nothing",
  (figure) => expect(figure(empty)).toBe(null),
);
