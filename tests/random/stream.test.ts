import { describe, expect, it } from "vitest";
import { integerSeed, stream } from "../../src/random/stream.ts";

const range = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index);

describe("streams", () => {
  it("give the same numbers for the same keys, in [0, 1)", () => {
    const draw = () =>
      range(100).map(
        (
          (rng) => () =>
            rng.next()
        )(stream(3, "a")),
      );
    expect(draw()).toEqual(draw());
    expect(draw().every((value) => value >= 0 && value < 1)).toBe(true);
  });

  it("keep the numbers that studies were made with", () => {
    expect([stream(0, 0).next(), stream(0, 1).next(), stream(1, "study", "x").next()]).toMatchInlineSnapshot(`
      [
        0.1664202492000636,
        0.9571968855427325,
        0.9097714648455955,
      ]
    `);
  });

  // The k-th draws of the first trials of a study are a sample of their own: a sampler's start-up trials are made of it.
  it.each([0, 1, 2, 5])("draw %i of neighbouring trials is as spread out as independent numbers are", (draws) => {
    const narrow = range(1000).filter((seed) => {
      const values = range(10).map(
        (trial) =>
          range(draws + 1).map(
            (
              (rng) => () =>
                rng.next()
            )(stream(seed, trial)),
          )[draws] ?? 0,
      );
      return Math.max(...values) - Math.min(...values) < 0.5;
    });
    // 10 independent uniform numbers span less than a half with probability 11/1024: about 11 of 1000 seeds.
    expect(narrow.length).toBeLessThan(25);
  });

  it.each([
    ["trials", (n: number) => stream(7, n).next()],
    ["seeds", (n: number) => stream(n, 0).next()],
  ])("of neighbouring %s are uncorrelated", (_what, first) => {
    const values = range(4001).map((n) => first(n) - 0.5);
    const products = values.slice(1).map((value, n) => value * (values[n] ?? 0));
    const correlation = (12 * products.reduce((sum, product) => sum + product, 0)) / products.length;
    expect(Math.abs(correlation)).toBeLessThan(0.06); // its standard deviation is 0.016
  });

  it("integer seeds have 31 bits and differ", () => {
    const seeds = range(10_000).map((n) => integerSeed(1, "trial", n));
    expect(new Set(seeds).size).toBeGreaterThan(9990);
    expect(seeds.every((seed) => Number.isInteger(seed) && seed >= 0 && seed < 2 ** 31)).toBe(true);
    expect(seeds.filter((seed) => seed < 2 ** 30).length / 10_000).toBeCloseTo(0.5, 1);
  });
});
