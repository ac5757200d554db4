import { beforeAll, describe, expect, it } from "vitest";
import { type Plottable, plot, report } from "../../plots/index.ts";
import { PLOT_KINDS } from "../../plots/kinds.ts";
import { createStudy, hp, random } from "../../src/index.ts";
import { textsOf } from "./svg-texts.ts";

/** A study of twelve trials whose loss is its first param. */
async function studyOf(name: string, params: readonly string[], options: { metric?: string } = {}): Promise<Plottable> {
  const space = Object.fromEntries(params.map((param) => [param, hp.uniform(0, 1)]));
  const study = await createStudy({ name, space, sampler: random(), seed: 1, maxTrials: 12, ...options });
  await study.optimize(async (drawn, trial) => {
    await trial.report(0, 1);
    return { loss: Number(drawn[params[0] ?? ""]), metrics: { [params[0] ?? ""]: 1 } };
  });
  return study;
}

describe("names that hold what XML forbids", () => {
  // https://www.w3.org/TR/xml/#charsets, without the halves of characters, which `isWellFormed` knows
  const forbidden = /[^\t\n\r -\ufffd\u{10000}-\u{10ffff}]/u;
  let study: Plottable;

  beforeAll(async () => {
    study = await studyOf("n\ufffe", ["a\u0000b", "\u001b[31m", "\ud800", "p\uffff"], { metric: "m\ufffe\udfff" });
  });

  it.each(PLOT_KINDS)("are no harm to %s", async (kind) => {
    const svg = await plot(study, kind);
    expect(forbidden.exec(svg)).toBe(null);
    expect(/\p{Cs}/u.exec(svg)).toBe(null);
    expect(textsOf(svg, "text")).toContain(`n?: ${kind}`);
  });

  it("are no harm to the report", async () => {
    const html = await report(study);
    expect(forbidden.exec(html)).toBe(null);
    expect(/\p{Cs}/u.exec(html)).toBe(null);
  });
});

it("names that look like parts of the drawing stay what they are", async () => {
  const names = ["url(#zr0-c0)", ' id="zr0-c0"', "$&"];
  const study = await studyOf("$&", names);
  for (const kind of ["slices", "contour", "parallel", "importance"] as const) {
    expect(textsOf(await plot(study, kind), "text")).toEqual(expect.arrayContaining(names));
  }
});

it("long names are cut at their beginning, so that they fit", async () => {
  const long = "of/a/long/name".repeat(8);
  const study = await studyOf(long, [`${long}/lr`, `${long}\n/momentum`], { metric: `${long}/loss` });
  for (const kind of PLOT_KINDS) {
    const texts = textsOf(await plot(study, kind), "text");
    expect(texts).toContainEqual(expect.stringMatching(new RegExp(`^….{40,}: ${kind}$`)));
    expect(texts.filter((text) => text.length > 100 || text.includes("\n"))).toEqual([]);
  }
  expect(textsOf(await plot(study, "slices"), "text")).toEqual(
    expect.arrayContaining([expect.stringMatching(/^….+ \/momentum$/), expect.stringMatching(/^….{16}\/loss$/)]),
  );
});
