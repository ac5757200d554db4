import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { logExpectedImprovement, logImprovement, logImprovementSlope } from "../../src/numerics/log-ei.ts";
import { errorOf, numerics } from "../golden/numerics.ts";

it.each(numerics.log_improvement)("logImprovement(%d) and its slope", (z, value, slope) => {
  expect(errorOf(logImprovement(z), value)).toBeLessThan(1e-13);
  expect(errorOf(logImprovementSlope(z), slope)).toBeLessThan(1e-12);
});

it("rises with z, its slope falls, both without a step where the formula changes", () => {
  const argument = fc.oneof(
    fc.double({ min: -1e6, max: 1e6, noNaN: true }),
    fc.double({ min: -30, max: 1, noNaN: true }),
    fc.constantFrom(-25, -1),
  );
  fc.assert(
    fc.property(argument, fc.double({ min: 1e-3, max: 1, noNaN: true }), (z, width) => {
      const rise = logImprovement(z + width) - logImprovement(z);
      const rounding = 1e-9 * Math.max(1, Math.abs(logImprovement(z)) * 1e-6);
      expect(rise).toBeGreaterThan(-rounding);
      expect(rise).toBeGreaterThan(width * logImprovementSlope(z + width) - rounding);
      expect(rise).toBeLessThan(width * logImprovementSlope(z) + rounding);
    }),
  );
});

describe("logExpectedImprovement", () => {
  it("is the improvement itself where there is no doubt", () => {
    expect(logExpectedImprovement({ mean: 1, deviation: 0 }, 3)).toBeCloseTo(Math.log(2), 15);
    expect(logExpectedImprovement({ mean: 3, deviation: 0 }, 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(logExpectedImprovement({ mean: 4, deviation: 0 }, 3)).toBe(Number.NEGATIVE_INFINITY);
    expect(logExpectedImprovement({ mean: 1, deviation: 5e-324 }, 3)).toBeCloseTo(Math.log(2), 15);
  });

  it("scales with the loss", () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), fc.integer({ min: -290, max: 290 }), (z, exponent) => {
        const deviation = 10 ** exponent;
        const scaled = logExpectedImprovement({ mean: -z * deviation, deviation }, 0) - Math.log(deviation);
        expect(Math.abs(scaled - logImprovement(z))).toBeLessThan(1e-9);
      }),
    );
  });

  it("stays a number with losses of 1e300, however far off", () => {
    expect(logExpectedImprovement({ mean: 1e300, deviation: 1e299 }, -1e300)).toBeCloseTo(Math.log(1e299) - 206.918, 2);
    expect(logExpectedImprovement({ mean: 1e300, deviation: 1 }, 0)).toBe(Number.NEGATIVE_INFINITY);
    expect(logExpectedImprovement({ mean: 0, deviation: 1 }, 1e300)).toBeCloseTo(Math.log(1e300), 12);
  });
});
