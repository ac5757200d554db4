import { describe, expect, it } from "vitest";
import { contourFigure } from "../../plots/contour.ts";
import { readStudy } from "../../plots/drawn-study.ts";
import type { Figure } from "../../plots/figure.ts";
import { type Plottable, plot } from "../../plots/index.ts";
import { createStudy, encode, hp, random, type Space } from "../../src/index.ts";
import { knownStudy } from "./known-study.ts";
import { textsOf } from "./svg-texts.ts";

const FLAT = { a: hp.uniform(0, 1), b: hp.uniform(0, 1), c: hp.uniform(0, 1), d: hp.uniform(0, 1) };
const BRANCHED = {
  net: hp.choice([
    { type: "deep", depth: hp.uniform(0, 1), rate: hp.uniform(0, 1) },
    { type: "wide", width: hp.uniform(0, 1) },
  ]),
  scale: hp.uniform(0, 1),
};

/** A study of trials whose loss is a function of their flat params. */
async function studyOf(
  space: { readonly [key: string]: Space },
  maxTrials: number,
  lossOf: (assignment: { readonly [path: string]: number }, number: number) => number,
): Promise<Plottable> {
  const study = await createStudy({ name: "s", space, sampler: random(), seed: 1, maxTrials });
  await study.optimize((params, { number }) => lossOf(encode(study.space, params), number));
  return study;
}

async function figureOf(study: Plottable, params: readonly string[] | null = null): Promise<Figure | null> {
  return contourFigure(await readStudy(study, ["importance", "dependence"]), params);
}

/** The names of each plane, across and up. */
function planesOf(figure: Figure | null): readonly string[] {
  const named = (key: string) => (figure?.option[key] ?? []) as readonly { readonly name: string }[]; // ours
  return named("xAxis").map(({ name }, index) => `${name}/${named("yAxis")[index]?.name}`);
}

interface Layer {
  readonly type: string;
  readonly data: readonly { readonly value: readonly number[] }[];
}

/** Of each plane: levels of what is expected, pruned trials, the others, the best. */
function layersOf(figure: Figure | null): readonly (readonly Layer[])[] {
  const series = (figure?.option["series"] ?? []) as readonly Layer[]; // ours
  return Array.from({ length: series.length / 4 }, (_, plane) => series.slice(4 * plane, 4 * plane + 4));
}

describe("contour", () => {
  it("has the planes of the three params that matter most", async () => {
    const study = await studyOf(FLAT, 30, ({ b = 0, c = 0, d = 0 }) => 9 * d + 3 * b + c);
    expect(planesOf(await figureOf(study))).toEqual(["d/b", "d/c", "b/c"]);
  });

  it("has room for the names of options beside a plane, and cuts very long ones", async () => {
    const options = ["standard", "quantile-uniform", "none"];
    const study = await studyOf({ rate: hp.uniform(0, 1), scale: hp.choice(options) }, 9, ({ rate = 0 }) => rate);
    const svg = await plot(study, "contour");
    expect(textsOf(svg, "text")).toEqual(expect.arrayContaining(["standard", "…ile-uniform", "none"]));
    const narrow = await figureOf(
      await studyOf({ a: hp.uniform(0, 1), b: hp.choice(["x", "y"]) }, 9, ({ a = 0 }) => a),
    );
    expect((await figureOf(study))?.width).toBeGreaterThan(narrow?.width ?? 0);
  });

  it("has those of the first ones where nobody can tell, and of the ones that are named", async () => {
    const study = await studyOf(FLAT, 9, ({ d = 0 }) => d);
    expect(planesOf(await figureOf(study))).toEqual(["a/b", "a/c", "b/c"]);
    expect(planesOf(await figureOf(study, ["d", "b"]))).toEqual(["d/b"]);
    expect(planesOf(await figureOf(study, ["a", "b", "c", "d"]))).toHaveLength(6);
  });

  it("has every trial with both params where they are, the best marked, and how good it is", async () => {
    const study = await studyOf(FLAT, 5, ({ a = 0 }, number) => (number === 3 ? a : 2 + number));
    const [[, pruned, others, best] = []] = layersOf(await figureOf(study, ["c", "b"]));
    const assignments = (await study.trials()).map(({ params }) => encode(study.space, params));
    const places = (others?.data ?? []).map(({ value: [x, y] }) => [x, y]);
    expect(places).toHaveLength(5);
    expect(places).toEqual(expect.arrayContaining(assignments.map(({ b, c }) => [c, b])));
    expect(best?.data).toMatchObject([{ value: [assignments[3]?.["c"], assignments[3]?.["b"], 1] }]);
    expect(others?.data.map(({ value }) => value[2])).toEqual([
      0,
      expect.any(Number),
      expect.any(Number),
      expect.any(Number),
      1,
    ]);
    expect(pruned?.data).toEqual([]);
  });

  it("shows pruned trials as hollow, and says so", async () => {
    const figure = await figureOf(await knownStudy());
    expect(layersOf(figure)[0]?.map(({ data }) => data.length)).toEqual([0, 1, 4, 1]);
    expect(figure?.caption).toContain(" Pruned ones are hollow, at their last report.");
  });

  it("knows that more is better where it is", async () => {
    const study = await knownStudy([4, 1, null, 9, 2], "maximize");
    const [[, , , best] = []] = layersOf(await figureOf(study));
    expect(best?.data.map(({ value }) => value[2])).toEqual([1]);
  });

  it("has only planes of params that a trial has together, and none of a choice and what depends on it", async () => {
    const study = await studyOf(
      BRANCHED,
      30,
      ({ net = 0, scale = 0, ...others }) => 9 * net + scale + (others["net.deep.depth"] ?? 0),
    );
    const planes = planesOf(await figureOf(study));
    expect(planes).toHaveLength(3);
    expect(planes.filter((plane) => /width.*deep|deep.*width|net\/net\.|net\..*\/net$/.test(plane))).toEqual([]);
    const [[, , others] = []] = layersOf(await figureOf(study, ["net.deep.depth", "net.wide.width", "net.deep.rate"]));
    expect(planesOf(await figureOf(study, ["net.deep.depth", "net.wide.width", "net.deep.rate"]))).toEqual([
      "net.deep.depth/net.deep.rate",
    ]);
    const deep = (await study.trials()).filter(({ params }) => encode(study.space, params)["net"] === 0);
    expect(others?.data).toHaveLength(deep.length);
    expect(await figureOf(study, ["net.deep.depth", "net.wide.width"])).toBe(null);
  });

  it("has what a model expects behind the trials, where that says something", async () => {
    const told = await figureOf(await studyOf(FLAT, 30, ({ a = 0, b = 0 }) => a + b));
    expect(layersOf(told)[0]?.[0]?.data.length).toBeGreaterThan(0);
    expect(told?.caption).toMatch(
      /Behind them: what a model expects, whatever the other params are; it foretells \d+ %\./,
    );
    const chance = await figureOf(await studyOf(FLAT, 30, (_, number) => (number * 0.618) % 1));
    expect(layersOf(chance)[0]?.[0]?.data).toEqual([]);
    expect(chance?.caption).toContain(" A model foretells too little of it to be drawn.");
    const few = await figureOf(await studyOf(FLAT, 9, ({ a = 0 }) => a));
    expect(few?.caption).toBe("loss over pairs of params, better ones darker, the best in a ring.");
  });

  it("draws five hundred trials of more, and says so", async () => {
    const figure = await figureOf(await studyOf(FLAT, 600, ({ a = 0 }) => a), ["a", "b"]);
    expect(layersOf(figure)[0]?.[2]?.data).toHaveLength(500);
    expect(figure?.caption).toContain(" Drawn are 500 of 600 trials.");
  });

  it("shows nothing of one param, and nothing without a loss", async () => {
    expect(await figureOf(await studyOf({ a: hp.uniform(0, 1) }, 20, ({ a = 0 }) => a))).toBe(null);
    expect(await figureOf(await knownStudy([null]))).toBe(null);
  });
});

describe("plot of a contour", () => {
  it("takes two to four params by their paths", async () => {
    const study = await studyOf(FLAT, 12, ({ a = 0 }) => a);
    expect(textsOf(await plot(study, "contour", { params: ["c", "d"] }), "text")).toEqual(
      expect.arrayContaining(["c", "d"]),
    );
    const refusal = async (kind: "contour" | "slices", params: unknown) =>
      plot(study, kind, { params: params as string[] }).catch(({ code, message }) => `${code} ${message}`); // as one without types would
    expect(await refusal("contour", ["a"])).toBe(
      'OPTION_INVALID plot: expected 2 to 4 different params, received ["a"]',
    );
    expect(await refusal("contour", ["a", "a"])).toMatch(/expected 2 to 4 different params/);
    expect(await refusal("contour", ["a", 5])).toMatch(/expected 2 to 4 different params/);
    expect(await refusal("contour", "a,b")).toMatch(/expected 2 to 4 different params/);
    expect(await refusal("contour", ["a", "bb"])).toBe(
      'OPTION_INVALID plot: the space has no param "bb" (did you mean "b"?)',
    );
    expect(await refusal("slices", ["a", "b"])).toBe("OPTION_INVALID plot: slices takes no params; only contour does");
  });

  it.each([
    ["smaller", hp.uniform(0, 1e-320)],
    ["larger", hp.normal(0, 1e300)],
  ])("draws params that are %s than the charting library takes", async (_, b) => {
    const svg = await plot(await studyOf({ a: hp.uniform(0, 1), b }, 30, ({ a = 0 }) => a), "contour");
    const drawn = svg.replaceAll(/<title>[^<]*<\/title>/g, ""); // where params are told as they are
    expect(drawn).not.toMatch(/NaN|Infinity|\de[+-]?[23]\d\d/);
  });

  it("says where no trial has two of the params", async () => {
    const study = await studyOf(BRANCHED, 12, ({ scale = 0 }) => scale);
    const message = 'study "s": no trial has a loss and two of the params';
    const params = ["net.deep.depth", "net.wide.width"];
    await expect(plot(study, "contour", { params })).rejects.toMatchObject({ code: "NOTHING_TO_PLOT", message });
  });
});
