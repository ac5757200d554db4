import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { rankCorrelation } from "../../src/numerics/rank-correlation.ts";
import { figure } from "../golden/golden.ts";
import { numerics } from "../golden/numerics.ts";

describe("rankCorrelation", () => {
  it.each(numerics.rank_correlation)("is SciPy's: $name", ({ x, y, rho }) => {
    expect(rankCorrelation(Float64Array.from(x, figure), Float64Array.from(y, figure))).toBeCloseTo(rho, 14);
  });

  it.each([
    ["nothing", [], []],
    ["one pair", [1], [2]],
    ["a constant side", [1, 2, 3], [4, 4, 4]],
  ])("is 0 for %s", (_, xs, ys) => {
    expect(rankCorrelation(Float64Array.from(xs), Float64Array.from(ys))).toBe(0);
  });

  it("knows only the order, and turns with it", () => {
    const pairs = fc.array(fc.tuple(fc.integer({ min: -9, max: 9 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 2,
    });
    fc.assert(
      fc.property(pairs, (drawn) => {
        const xs = Float64Array.from(drawn, ([x]) => x);
        const ys = Float64Array.from(drawn, ([, y]) => y);
        const both = rankCorrelation(xs, ys);
        expect(rankCorrelation(xs.map(Math.exp), ys)).toBe(both);
        expect(rankCorrelation(ys, xs)).toBe(both);
        expect(
          rankCorrelation(
            xs.map((x) => -x),
            ys,
          ),
        ).toBeCloseTo(-both, 14);
        expect(Math.abs(both)).toBeLessThanOrEqual(1 + 1e-15);
      }),
    );
  });
});
