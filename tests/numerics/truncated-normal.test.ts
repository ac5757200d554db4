import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logMass, type TruncatedNormal } from "../../src/numerics/truncated-normal.ts";
import { errorOf, TRUNCATED_NORMALS } from "../golden/numerics.ts";

it.each(TRUNCATED_NORMALS)("golden mass of $normal", ({ normal, logMass: target }) => {
  expect(Math.abs(logMass(normal) - target)).toBeLessThanOrEqual(1e-11 + 4e-16 * Math.abs(target));
});

describe("the mass of a truncated normal", () => {
  const normals: fc.Arbitrary<TruncatedNormal> = fc
    .record({
      mu: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
      sigma: fc.integer({ min: -6, max: 6 }).map((exponent) => 10 ** exponent),
      low: fc.double({ min: -10, max: 10, noNaN: true }),
      width: fc.integer({ min: -12, max: 3 }).map((exponent) => 10 ** exponent),
    })
    .map(({ width, ...rest }) => ({ ...rest, high: rest.low + width }));

  it("is some, and at most all", () => {
    fc.assert(
      fc.property(normals, (normal) => {
        expect(logMass(normal)).toBeLessThanOrEqual(1e-9);
        expect(logMass(normal)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
      }),
    );
  });

  it("mirrors", () => {
    fc.assert(
      fc.property(normals, ({ mu, sigma, low, high }) => {
        const mirror = { mu: -mu, sigma, low: -high, high: -low };
        expect(errorOf(logMass(mirror), logMass({ mu, sigma, low, high }))).toBeLessThan(1e-11);
      }),
    );
  });
});
