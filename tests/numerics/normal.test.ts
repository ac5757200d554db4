import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { erf, erfc, erfcx } from "../../src/numerics/erf.ts";
import { inverseNormalCdf } from "../../src/numerics/inverse-normal.ts";
import { normalCdf, normalHazard } from "../../src/numerics/normal.ts";
import { numerics, worstError } from "../golden/numerics.ts";

describe("golden values", () => {
  it("erf and erfc, to the last bits", () => {
    expect(worstError(erf, numerics.erf)).toBeLessThan(1e-15);
    expect(worstError(erfc, numerics.erfc)).toBeLessThan(3e-15);
  });
  it("erfcx, far beyond where erfc underflows", () => {
    expect(worstError(erfcx, numerics.erfcx)).toBeLessThan(2e-15);
    expect(erfcx(-30)).toBe(Number.POSITIVE_INFINITY);
    expect(erfcx(Number.POSITIVE_INFINITY)).toBe(0);
    expect(erfcx(Number.NaN)).toBeNaN();
  });
  it("ndtri, down to the least double", () => {
    expect(worstError(inverseNormalCdf, numerics.ndtri)).toBeLessThan(1e-14);
    expect([inverseNormalCdf(0), inverseNormalCdf(1)]).toEqual([-Infinity, Infinity]);
    expect([inverseNormalCdf(-0.1), inverseNormalCdf(1.1), inverseNormalCdf(Number.NaN)]).toEqual([NaN, NaN, NaN]);
  });
});

it("the inverse undoes the cdf", () => {
  fc.assert(
    fc.property(fc.double({ min: -37, max: 3, noNaN: true }), (x) => {
      expect(Math.abs(inverseNormalCdf(normalCdf(x)) - x)).toBeLessThan(1e-12);
    }),
  );
});

it("the hazard is density over what lies above, and grows like x", () => {
  for (const x of [-8, -1, 0, 0.5, 3, 20]) {
    const density = Math.exp(-0.5 * x * x) / Math.sqrt(2 * Math.PI);
    expect(normalHazard(x) / (density / normalCdf(-x))).toBeCloseTo(1, 12);
  }
  expect(normalHazard(1e6) / 1e6).toBeCloseTo(1, 11);
  expect(normalHazard(1e200) / 1e200).toBeCloseTo(1, 14);
});
