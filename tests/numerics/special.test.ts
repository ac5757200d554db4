import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erf, erfc } from "../../src/numerics/erf.ts";
import { EXP_RANGE, expNegative } from "../../src/numerics/exp-table.ts";
import { logSumExp } from "../../src/numerics/log-sum-exp.ts";
import { lowerBound } from "../../src/numerics/lower-bound.ts";
import { erfInterval, erfScale, lognormalArgument, standardNormal } from "../../src/numerics/normal.ts";
import { roundHalfEven } from "../../src/numerics/round.ts";
import { stream } from "../../src/random/stream.ts";
import { agrees, golden } from "../golden/golden.ts";

/** P(from < X <= to) for X normal. */
function massBetween(from: number, to: number, { mu, sigma }: { readonly mu: number; readonly sigma: number }): number {
  return erfInterval((from - mu) / erfScale(sigma), (to - mu) / erfScale(sigma));
}

describe("golden values of Hyperopt", () => {
  it("normal_cdf", () => {
    for (const { x, cdf, ...normal } of golden.normal_cdf)
      expect(agrees(massBetween(-Infinity, x, normal), cdf)).toBe(true);
  });
  it("lognormal_cdf", () => {
    for (const { x, cdf, ...normal } of golden.lognormal_cdf)
      expect(agrees(massBetween(-Infinity, lognormalArgument(x), normal), cdf)).toBe(true);
  });
  it("qlognormal_lpdf", () => {
    for (const { x, q, lpdf, ...normal } of golden.qlognormal_lpdf) {
      const mass = massBetween(lognormalArgument(x - q), lognormalArgument(x), normal);
      expect(agrees(Math.log(mass), lpdf)).toBe(true);
    }
  });
});

describe("erf and erfc", () => {
  // Python 3.11 math.erf and math.erfc
  it.each([
    [0.1, 0.1124629160182849, 0.8875370839817152],
    [0.5, 0.5204998778130465, 0.4795001221869535],
    [1, 0.8427007929497149, 0.15729920705028513],
    [2, 0.9953222650189527, 0.004677734981047266],
    [3.5, 0.9999992569016276, 7.430983723414128e-7],
    [6, 1, 2.1519736712498913e-17],
    [10, 1, 2.088487583762545e-45],
    [26, 1, 5.663192408856143e-296],
  ])("at %d", (x, direct, complement) => {
    expect(erf(x)).toBeCloseTo(direct, 15);
    expect(erf(-x)).toBe(-erf(x));
    expect(erfc(x) / complement).toBeCloseTo(1, 13);
    expect(erfc(-x)).toBeCloseTo(2 - complement, 15);
  });

  it("hold at the ends", () => {
    expect([erf(0), erf(Infinity), erf(-Infinity), erfc(Infinity), erfc(-Infinity), erfc(30)]).toEqual([
      0, 1, -1, 0, 2, 0,
    ]);
    expect([erf(Number.NaN), erfc(Number.NaN)]).toEqual([Number.NaN, Number.NaN]);
  });

  it("sum to 1, and intervals add up", () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        (x, width) => {
          expect(erf(x) + erfc(x)).toBeCloseTo(1, 14);
          const parts = erfInterval(x, x + width) + erfInterval(x + width, x + 2 * width);
          expect(parts).toBeCloseTo(erfInterval(x, x + 2 * width), 14);
        },
      ),
    );
  });

  it("keep the mass of an interval far out in either tail", () => {
    expect(erfInterval(8, 9) / (0.5 * erfc(8))).toBeCloseTo(1, 6);
    expect(erfInterval(-9, -8)).toBe(erfInterval(8, 9));
  });
});

it("expNegative is Math.exp to 1e-12", () => {
  fc.assert(
    fc.property(fc.double({ min: 0, max: EXP_RANGE, noNaN: true }), (x) => {
      expect(Math.abs(expNegative(x) / Math.exp(-x) - 1)).toBeLessThan(1e-12);
    }),
  );
  expect(Number.isNaN(expNegative(EXP_RANGE + 1))).toBe(true);
});

it("logSumExp neither overflows nor loses what is small", () => {
  expect(logSumExp([1000, 1000])).toBeCloseTo(1000 + Math.LN2, 12);
  expect(logSumExp([-1000, -1001])).toBeCloseTo(-1000 + Math.log1p(Math.exp(-1)), 12);
  expect(logSumExp([])).toBe(Number.NEGATIVE_INFINITY);
  expect(logSumExp([Number.NEGATIVE_INFINITY, 3])).toBe(3);
});

it("roundHalfEven sends ties to the even integer", () => {
  expect([0.5, 1.5, 2.5, -0.5, -1.5, -2.5, 0.4, 0.6, -0.6].map((x) => roundHalfEven(x) + 0)).toEqual([
    0, 2, 2, 0, -2, -2, 0, 1, -1,
  ]);
});

it("lowerBound finds the first value that is not below", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 9 })), fc.integer({ min: -1, max: 10 }), (values, x) => {
      const sorted = values.toSorted((a, b) => a - b);
      const expected = sorted.findIndex((value) => value >= x);
      expect(lowerBound(sorted, x)).toBe(expected < 0 ? sorted.length : expected);
    }),
  );
});

it("standardNormal has the moments of a normal", () => {
  const rng = stream("moments");
  const draws = Array.from({ length: 20_000 }, () => standardNormal(rng));
  const mean = draws.reduce((sum, x) => sum + x, 0) / draws.length;
  const variance = draws.reduce((sum, x) => sum + (x - mean) ** 2, 0) / draws.length;
  expect(Math.abs(mean)).toBeLessThan(0.03);
  expect(Math.abs(variance - 1)).toBeLessThan(0.05);
});
