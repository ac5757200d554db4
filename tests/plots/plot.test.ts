import { describe, expect, it } from "vitest";
import { plot, report } from "../../plots/index.ts";
import { PLOT_KINDS } from "../../plots/kinds.ts";
import { createStudy, hp, random } from "../../src/index.ts";
import { knownStudy } from "./known-study.ts";
import { spoiled, textsOf } from "./svg-texts.ts";

const losses = Array.from({ length: 12 }, (_, index) => 1 + (index % 5));

describe("plot", () => {
  it.each(PLOT_KINDS)("%s is an SVG file with the study's name, whatever that is", async (kind) => {
    const svg = await plot(await knownStudy(losses), kind);
    expect(textsOf(svg, "text")).toContain(`<b>&"known": ${kind}`);
    expect(textsOf(svg, "title")[0]).toMatch(new RegExp(`^<b>&"known": ${kind}\\. .+\\.$`));
    expect(spoiled(svg)).toEqual([]);
    expect(svg).not.toMatch(/ecmeta|pointer-events/);
  });

  it.each(PLOT_KINDS)("%s of the same trials is the same file", async (kind) => {
    const study = await knownStudy(losses);
    expect(await plot(study, kind)).toBe(await plot(study, kind));
  });

  it("says what a study is without that it takes", async () => {
    const study = await createStudy({ name: "new", space: { x: hp.uniform(0, 1) } });
    const missing = { code: "NOTHING_TO_PLOT", message: 'study "new": no trial has a loss yet' };
    await expect(plot(study, "history")).rejects.toMatchObject(missing);
  });

  it("says where no report is a number", async () => {
    const study = await createStudy({ name: "nan", space: { x: hp.uniform(0, 1) }, maxTrials: 1 });
    await study.optimize(async (_, trial) => {
      await trial.report(0, Number.NaN);
      return 1;
    });
    const message = 'study "nan": no trial has reported a finite value yet';
    await expect(plot(study, "curves")).rejects.toMatchObject({ code: "NOTHING_TO_PLOT", message });
  });

  it("refuses what is no study", async () => {
    const message = "study: expected a study of createStudy or openStudy, received";
    for (const draw of [(other: never) => plot(other, "history"), (other: never) => report(other)]) {
      await expect(draw(undefined as never)).rejects.toMatchObject({
        code: "OPTION_INVALID",
        message: `${message} undefined`,
      });
      await expect(draw({ a: 1 } as never)).rejects.toMatchObject({
        code: "OPTION_INVALID",
        message: `${message} {"a":1}`,
      });
    }
  });

  it("names the kinds where it is asked for another", async () => {
    const study = await knownStudy([1]);
    const refused = {
      code: "OPTION_INVALID",
      message: expect.stringMatching(/^plot: expected history, .*received "pie"$/),
    };
    await expect(plot(study, "pie" as "history")).rejects.toMatchObject(refused); // as a caller without types would
  });

  it.each([
    ["one trial", [3]],
    ["equal losses", [2, 2, 2, 2]],
    ["losses from 1e-300 to 1e300", [1e-300, 1, 1e300, 5]],
    ["losses near 1e-300", [1e-300, 2e-300, 3e-300]],
    ["losses near -1e300", [-1e300, -1.7e308, -1e299]],
    ["losses below 0", [-1, -1000, -5, 0]],
    ["an infinite loss", [1, Number.POSITIVE_INFINITY, 2]],
  ])("draws %s", async (_title, some) => {
    const study = await knownStudy(some, "maximize");
    for (const kind of ["history", "timeline", "slices", "contour", "parallel", "curves"] as const) {
      const svg = await plot(study, kind);
      expect(textsOf(svg, "text").length).toBeGreaterThan(2);
      expect(spoiled(svg)).toEqual([]);
    }
  });

  it("draws every kind of param", async () => {
    const space = {
      a: hp.uniform(-1, 1),
      b: hp.quniform(0, 10, 2),
      c: hp.loguniform(1e-9, 1e9),
      d: hp.qloguniform(1, 1000, 5),
      e: hp.normal(0, 1),
      f: hp.qnormal(0, 5, 1),
      g: hp.lognormal(0, 1),
      h: hp.qlognormal(-3, 1, 1),
      i: hp.randint(5),
      j: hp.uniformint(1, 9),
      k: hp.choice([true, null, "<u>", 2]),
      l: hp.pchoice([
        [0.5, { x: hp.uniform(0, 1) }],
        [0.5, { y: hp.uniform(0, 1) }],
      ]),
    };
    const study = await createStudy({ name: "all", space, sampler: random(), maxTrials: 20, seed: 2 });
    await study.optimize(({ a }) => a);
    for (const kind of ["slices", "contour", "parallel"] as const) {
      const svg = await plot(study, kind);
      if (kind !== "contour") expect(textsOf(svg, "text")).toEqual(expect.arrayContaining(["a", "l", "<u>"]));
      expect(spoiled(svg)).toEqual([]);
    }
    expect(textsOf(await plot(study, "parallel"), "text").join(" ")).toMatch(
      /The 12 params that matter most, 2 are left out/,
    );
  });
});

describe("report", () => {
  it("is one page with the best configuration, every figure and the best trials", async () => {
    const html = await report(await knownStudy(losses));
    const [main = ""] = /<main>.*<\/main>/s.exec(html) ?? [];
    expect(textsOf(main, "h1")).toEqual(['<b>&"known"']);
    expect(textsOf(main, "p")[0]).toMatch(/^minimize loss; 12 trials: 12 complete\. The last result came at 20\S+Z\.$/);
    expect(textsOf(main, "h2")).toEqual(["The best is trial 0", "The best trials"]);
    expect(textsOf(main, "svg")).toHaveLength(PLOT_KINDS.length);
    const ids = [...main.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    expect(textsOf(main, "th").slice(0, 3)).toEqual(["loss", "<i>", "lr"]);
    expect(textsOf(main, "tr").at(-1)).toMatch(/^(4|9)5/);
    expect(html).not.toMatch(/<script|<b>|<i>|https?:(?!\/\/www\.w3\.org)/);
  });

  it("has the figures on the sealed test split, where they were taken", async () => {
    const study = await createStudy({ name: "tested", space: { x: hp.uniform(0, 1) }, maxTrials: 2 });
    const objective = { evaluate: () => 1, test: () => ({ metrics: { accuracy: 0.25 } }) };
    await study.optimize(objective);
    await study.test(objective);
    expect(await report(study)).toContain("<tr><th>test accuracy</th><td>0.25</td></tr>");
  });

  it("has whole numbers as they are", async () => {
    const study = await createStudy({ name: "wide", space: { width: hp.choice([65536, 65537]) }, maxTrials: 1 });
    await study.optimize(() => 123_456);
    expect(await report(study)).toMatch(/<th>loss<\/th><td>123456<\/td>.*<th>width<\/th><td>6553[67]<\/td>/s);
  });

  it("counts trials by what became of them", async () => {
    const counted = async (some: readonly (number | null)[]) =>
      /<p>(.*?)\. The last/.exec(await report(await knownStudy(some)))?.[1];
    expect(await counted([null, 120, 3, null, 4])).toBe("minimize loss; 5 trials: 2 complete, 1 pruned, 2 failed");
    expect(await counted([2])).toBe("minimize loss; 1 trial: 1 complete");
  });

  it("says why trials failed, how many did and which, the commonest message first", async () => {
    const study = await createStudy({ name: "s", space: { x: hp.uniform(0, 1) }, sampler: random(), maxTrials: 9 });
    await study.optimize((_, { number }) => {
      if (number === 0) return 1;
      throw new Error(number < 3 ? "a <b> is not there\nat all" : `no room for ${number} layers`);
    });
    const html = await report(study);
    expect(html).toContain("<h2>Why 8 trials failed</h2>");
    expect(html).toContain("<tr><td>6</td><td>no room for 3 layers</td><td>#3, #4, #5, #6, #7, ...</td></tr>");
    expect(html).toContain("<tr><td>2</td><td>a &lt;b&gt; is not there</td><td>#1, #2</td></tr>");
    expect(await report(await knownStudy([1]))).not.toContain("failed");
  });

  it("cuts messages that are long or many", async () => {
    const study = await createStudy({ name: "s", space: { x: hp.uniform(0, 1) }, sampler: random(), maxTrials: 13 });
    await study.optimize((_, { number }) => {
      if (number === 0) return 1; // a study whose first trials all fail is paused
      throw new Error("abcdefghijkl".charAt(number - 1).repeat(400));
    });
    const html = await report(study);
    expect(html).toContain(`<td>${"a".repeat(300)}…</td>`);
    expect(html).toContain("<p>2 more messages.</p>");
  });

  it("of a study without trials says so", async () => {
    const html = await report(await createStudy({ name: "new", space: { x: hp.uniform(0, 1) } }));
    expect(html).toMatch(/minimize loss; no trial yet\.<\/p>\n<p>No trial is complete yet\.<\/p>\n<\/main>/);
  });
});

it.each([
  ["value", (number: number) => 20 + number],
  ["log", (number: number) => 3 ** number],
])("slices side by side have one axis, on a %s scale too, whichever trials each has", async (_scale, lossOf) => {
  const space = { kind: hp.choice([{ type: "a", x: hp.uniform(0, 1) }, { type: "b" }]) };
  const study = await createStudy({ space, sampler: random(), maxTrials: 12 });
  for (let number = 0; number < 6; number++) await study.enqueue({ kind: { type: "b" } });
  await study.optimize(({ kind }, { number }) => (kind.type === "a" ? 10 + kind.x : lossOf(number)));
  const heights = new Map<string, Set<string>>();
  const mark = /transform="matrix\([^)]*,([\d.]+)\)"[^>]*><title>(trial \d+),/g;
  for (const [, height = "", trial = ""] of (await plot(study, "slices")).matchAll(mark)) {
    heights.set(trial, (heights.get(trial) ?? new Set()).add(height));
  }
  expect([...heights.values()].map(({ size }) => size)).toEqual(Array(12).fill(1));
});
