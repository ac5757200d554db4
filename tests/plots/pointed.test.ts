import { beforeAll, describe, expect, it } from "vitest";
import { readStudy } from "../../plots/drawn-study.ts";
import { plot } from "../../plots/index.ts";
import { pointedTexts } from "../../plots/pointed.ts";
import { createStudy, hp, random, type Study } from "../../src/index.ts";
import { knownStudy } from "./known-study.ts";
import { textsOf } from "./svg-texts.ts";

let study: Study<unknown>;

beforeAll(async () => {
  study = await knownStudy();
});

describe("what the pointer shows", () => {
  it("is a trial's number, state, loss or message, and params", async () => {
    const textOf = pointedTexts(await readStudy(study), 6);
    const trials = await study.trials();
    expect(trials.map((trial) => textOf(trial).split("\n")[0])).toEqual([
      "trial 0, complete: 40",
      "trial 1, complete: 1",
      "trial 2, failed: it said no",
      "trial 3, pruned: 121",
      "trial 4, complete: 20",
      "trial 5, complete: 0.5",
    ]);
    const params = /\nlr \d\S+\nlayers [1-4]\noptimizer\.type (adam|sgd\noptimizer\.momentum 0\.\d+)$/;
    for (const trial of trials) expect(textOf(trial)).toMatch(params);
  });

  it("leaves params out of a figure of very many marks, and names at most twelve", async () => {
    const space = Object.fromEntries(Array.from({ length: 14 }, (_, index) => [`p${index}`, hp.uniform(0, 1)]));
    const wide = await createStudy({ space, sampler: random(), maxTrials: 1 });
    await wide.optimize(() => 2);
    const [read, [trial]] = [await readStudy(wide), await wide.trials()];
    if (trial === undefined) throw new Error("one has run");
    expect(pointedTexts(read, 3001)(trial)).toBe("trial 0, complete: 2");
    const lines = pointedTexts(read, 3000)(trial).split("\n");
    expect([lines.length, lines.at(-1)]).toEqual([14, "and 2 more"]);
  });

  it.each([
    ["history", 6],
    ["timeline", 6],
    ["slices", 5 * 3],
  ] as const)("is in each mark of %s, and nowhere else", async (kind, marks) => {
    const [, ...texts] = textsOf(await plot(study, kind), "title");
    const momentum = kind === "slices" ? texts.filter((text) => /^optimizer\.momentum/m.test(text)).length / 4 : 0;
    expect(texts).toHaveLength(marks + momentum);
    for (const text of texts) expect(text).toMatch(/^trial \d, (complete|failed|pruned): /);
  });

  it("is in the right mark", async () => {
    const svg = await plot(study, "history");
    const pruned = /<path [^>]*fill="#fff"[^>]*><title>trial 3, pruned: 121\n[^<]*<\/title><\/path>/;
    expect(svg).toMatch(pruned);
    expect(svg).toMatch(/<path [^>]*fill="#cc79a7"[^>]*><title>trial 2, failed: it said no\n[^<]*<\/title><\/path>/);
  });

  it("is in each plane of a contour", async () => {
    const texts = textsOf(await plot(study, "contour", { params: ["lr", "layers"] }), "title");
    expect(texts.filter((text) => text.startsWith("trial 5, complete: 0.5\n"))).toHaveLength(2); // the best has a ring
    expect(texts.filter((text) => text.startsWith("trial 4, complete: 20\n"))).toHaveLength(1);
  });
});
