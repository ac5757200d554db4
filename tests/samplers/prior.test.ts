import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { nearestValue } from "../../src/samplers/nearest.ts";
import { drawConfiguration, drawPrior } from "../../src/samplers/prior.ts";
import { drawHyperoptPrior, roundToMultiple } from "../../src/samplers/tpe/hyperopt.ts";
import { checkAssignment } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import type { Distribution } from "../../src/space/distribution.ts";
import { hp } from "../../src/space/hp.ts";
import { isInside } from "../../src/space/values.ts";
import { golden } from "../golden/golden.ts";
import { chiSquareScore } from "./chi-square.ts";

const DRAWS = 20_000;
/** One in 30,000 right samplers would be beyond; the streams are fixed. */
const LIMIT = 4;

function countsOf(draw: () => number, values: readonly number[]): number[] {
  const counts = values.map(() => 0);
  const others: number[] = [];
  for (let i = 0; i < DRAWS; i++) {
    const value = draw();
    const cell = values.findIndex((x) => Math.abs(x - value) < 1e-9);
    if (cell < 0) others.push(value);
    else counts[cell]!++;
  }
  expect(others).toEqual([]);
  return counts;
}

describe("quantized draws are fair and inside the bounds", () => {
  const uniform = (values: number[]) => ({ values, masses: values.map(() => 1 / values.length) });
  const logarithmic = (values: number[], q: number) => {
    const masses = values.map((x) => Math.log((x + q / 2) / (x - q / 2)));
    const total = masses.reduce((sum, mass) => sum + mass, 0);
    return { values, masses: masses.map((mass) => mass / total) };
  };
  const cases: [string, Distribution, { values: number[]; masses: number[] }][] = [
    ["uniformint(0, 5)", { kind: "uniformint", low: 0, high: 5 }, uniform([0, 1, 2, 3, 4, 5])],
    ["quniform(0, 11, 3)", { kind: "quniform", low: 0, high: 11, q: 3 }, uniform([0, 3, 6, 9])],
    [
      "quniform(0.05, 0.5, 0.1)",
      { kind: "quniform", low: 0.05, high: 0.5, q: 0.1 },
      uniform([0.1, 0.2, 0.3, 0.4, 0.5]),
    ],
    ["qloguniform(8, 40, 8)", { kind: "qloguniform", low: 8, high: 40, q: 8 }, logarithmic([8, 16, 24, 32, 40], 8)],
    ["qloguniform(2, 7, 2)", { kind: "qloguniform", low: 2, high: 7, q: 2 }, logarithmic([2, 4, 6], 2)],
    ["randint(5, 9)", { kind: "randint", low: 5, upper: 9 }, uniform([5, 6, 7, 8])],
    ["choice of 3", { kind: "choice", count: 3 }, uniform([0, 1, 2])],
    ["pchoice", { kind: "pchoice", probabilities: [0, 0.2, 0.8] }, { values: [1, 2], masses: [0.2, 0.8] }],
  ];
  it.each(cases)("%s", (label, distribution, { values, masses }) => {
    const rng = stream(label);
    expect(
      chiSquareScore(
        countsOf(() => drawPrior(distribution, rng), values),
        masses,
      ),
    ).toBeLessThan(LIMIT);
  });

  it("which Hyperopt's are not", () => {
    const rng = stream("unfair");
    const distribution: Distribution = { kind: "uniformint", low: 0, high: 5 };
    const counts = countsOf(() => drawHyperoptPrior(distribution, rng), [0, 1, 2, 3, 4, 5]);
    expect(chiSquareScore(counts, Array(6).fill(1 / 6))).toBeGreaterThan(10);
  });

  it("qnormal and qlognormal round the draw", () => {
    for (const row of golden.prior_pmf.filter(({ mu }) => mu !== undefined)) {
      const distribution = { kind: row.dist, mu: row.mu, sigma: row.sigma, q: row.q } as Distribution;
      expect(tailedScore(row, () => drawPrior(distribution, stream2))).toBeLessThan(LIMIT);
    }
  });
});

const stream2 = stream("normals");

/** The golden rows of unbounded kinds list only the middle values; what is outside is one more cell. */
function tailedScore({ x, p }: { x: number[]; p: number[] }, draw: () => number): number {
  const counts = x.map(() => 0);
  let outside = 0;
  for (let i = 0; i < DRAWS; i++) {
    const value = draw();
    const cell = x.findIndex((grid) => Math.abs(grid - value) < 1e-9);
    if (cell < 0) outside++;
    else counts[cell]!++;
  }
  return chiSquareScore([...counts, outside], [...p, Math.max(0, 1 - p.reduce((sum, mass) => sum + mass, 0))]);
}

describe("golden values of Hyperopt", () => {
  it.each(golden.prior_pmf.map((row, index) => [index, row.dist, row] as const))("prior_pmf %i %s", (index, _, row) => {
    const rng = stream("pmf", index);
    const { low = 0, high = 0, mu = 0, sigma = 0, q = 1 } = row;
    const log = row.dist === "qloguniform";
    const bounds = { low: log ? Math.exp(low) : low, high: log ? Math.exp(high) : high };
    const distribution = { kind: row.dist, ...(row.mu === undefined ? bounds : { mu, sigma }), q } as Distribution;
    expect(tailedScore(row, () => drawHyperoptPrior(distribution, rng))).toBeLessThan(LIMIT);
  });

  it("rounding", () => {
    for (const { dist, draw, q, value } of golden.rounding) {
      const natural = dist.includes("log") ? Math.exp(draw) : draw;
      expect(roundToMultiple(natural, q ?? 0)).toBeCloseTo(value, 9);
    }
  });
});

it("every draw is one that its distribution can take", () => {
  const bounds = fc
    .tuple(fc.double({ min: 1e-6, max: 1e6, noNaN: true }), fc.double({ min: 1.001, max: 1e4, noNaN: true }))
    .map(([low, factor]) => ({ low, high: low * factor }));
  const step = fc.double({ min: 1e-3, max: 1e3, noNaN: true });
  fc.assert(
    fc.property(bounds, step, fc.integer(), ({ low, high }, q, seed) => {
      const rng = stream(seed);
      const space = compileSpace({
        a: hp.uniform(low, high),
        b: hp.loguniform(low, high),
        c: hp.normal(low, high),
        d: hp.lognormal(Math.log(low), 2),
        e: hp.qnormal(low, high, q),
        f: hp.qlognormal(Math.log(low), 3, q),
        ...(Math.floor(high / q) > Math.ceil(low / q) && {
          g: hp.quniform(low, high, q),
          h: hp.qloguniform(low, high, q),
        }),
      });
      for (let i = 0; i < 20; i++) checkAssignment(space, drawConfiguration(space, rng));
    }),
  );
});

it("draws of normals of any size are ones that they can take", () => {
  const size = fc.integer({ min: -300, max: 307 }).map((exponent) => 1.7 * 10 ** exponent);
  const sign = fc.constantFrom(-1, 0, 1);
  fc.assert(
    fc.property(sign, size, size, size, fc.integer(), (sign, mu, sigma, q, seed) => {
      const log = { mu: sign * Math.log(mu), sigma: Math.abs(Math.log(sigma)) };
      const space = compileSpace({
        a: hp.normal(sign * mu, sigma),
        b: hp.qnormal(sign * mu, sigma, q),
        c: hp.lognormal(log.mu, log.sigma),
        d: hp.qlognormal(log.mu, log.sigma, q),
      });
      const rng = stream(seed);
      for (let i = 0; i < 20; i++) checkAssignment(space, drawConfiguration(space, rng));
    }),
  );
});

it("nearestValue brings anything to a value that the distribution can take", () => {
  const distributions: Distribution[] = [
    { kind: "uniform", low: -1, high: 2 },
    { kind: "uniformint", low: -3, high: 4 },
    { kind: "quniform", low: 0, high: 11, q: 3 },
    { kind: "qloguniform", low: 1, high: 20, q: 2 },
    { kind: "lognormal", mu: 0, sigma: 1 },
    { kind: "qlognormal", mu: 0, sigma: 1, q: 0.5 },
    { kind: "qnormal", mu: 0, sigma: 1, q: 0.3 },
    { kind: "qnormal", mu: 0, sigma: 1, q: 3e300 },
    { kind: "qlognormal", mu: 0, sigma: 1, q: 1.7e308 },
  ];
  fc.assert(
    fc.property(fc.double({ noNaN: true }), fc.constantFrom(...distributions), (draw, distribution) => {
      const value = nearestValue(distribution, draw);
      expect(isInside(distribution, value)).toBe(true);
      expect(Object.is(value, -0)).toBe(false);
    }),
  );
  expect(nearestValue({ kind: "quniform", low: 0, high: 11, q: 3 }, 12)).toBe(9);
  expect(nearestValue({ kind: "qnormal", mu: 0, sigma: 1e308, q: 1e300 }, Infinity)).toBe(1.79769313e308);
});
