import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  drawTruncatedNormal,
  logDensity,
  logMass,
  quantile,
  type TruncatedNormal,
} from "../../src/numerics/truncated-normal.ts";
import { stream } from "../../src/random/stream.ts";
import { figure } from "../golden/golden.ts";
import { errorOf, numerics, type TruncatedRow } from "../golden/numerics.ts";

function normalOf(row: TruncatedRow): TruncatedNormal {
  return { mu: figure(row.mu), sigma: figure(row.sigma), low: figure(row.low), high: figure(row.high) };
}

/** How far, in sigmas, the nearer bound is from mu; 0 between the bounds. */
function startOf({ mu, sigma, low, high }: TruncatedNormal): number {
  return Math.max(0, (low - mu) / sigma, (mu - high) / sigma);
}

const ROWS = numerics.truncated_normal.map((row) => [JSON.stringify(normalOf(row)), row] as const);

describe.each(ROWS)("golden values of %s", (_, row) => {
  const normal = normalOf(row);
  const { mu, sigma, low, high } = normal;
  const start = startOf(normal);

  it("mass", () => {
    const target = figure(row.log_mass);
    expect(Math.abs(logMass(normal) - target)).toBeLessThanOrEqual(1e-11 + 4e-16 * Math.abs(target));
  });

  it("density, as precise in the far tail", () => {
    for (const [distance, density] of row.densities) {
      const x = high <= mu ? high - distance * sigma : (low >= mu ? low : mu) + distance * sigma;
      const rounding = start * Math.abs(x / sigma) * 4e-16; // of x itself
      if (x < low || x > high) expect(logDensity(normal, x)).toBe(Number.NEGATIVE_INFINITY);
      else expect(Math.abs(logDensity(normal, x) - figure(density))).toBeLessThanOrEqual(1e-10 + rounding);
    }
  });

  it("quantiles", () => {
    const scale = Math.min(high - low, sigma / (1 + start));
    for (const [p, x] of row.quantiles) {
      const rounding = Math.max(Math.abs(figure(x)), start === 0 ? Math.abs(mu) : 0) * 4e-16;
      expect(Math.abs(quantile(normal, p) - figure(x))).toBeLessThanOrEqual(1e-9 * scale + rounding);
    }
  });
});

describe("a truncated normal", () => {
  const interval = fc.record({
    mu: fc.double({ min: -1e3, max: 1e3, noNaN: true }),
    sigma: fc.integer({ min: -6, max: 6 }).map((exponent) => 10 ** exponent),
    low: fc.double({ min: -10, max: 10, noNaN: true }),
    width: fc.integer({ min: -12, max: 3 }).map((exponent) => 10 ** exponent),
  });
  const normals = interval.map(({ width, ...rest }) => ({ ...rest, high: rest.low + width }));

  it("is drawn inside its bounds, by a quantile that rises", () => {
    fc.assert(
      fc.property(normals, fc.double({ min: 0, max: 1, noNaN: true }), (normal, p) => {
        const x = quantile(normal, p);
        expect(x).toBeGreaterThanOrEqual(normal.low);
        expect(x).toBeLessThanOrEqual(normal.high);
        const slack = 1e-9 * Math.min(normal.high - normal.low, normal.sigma) + 1e-15 * (Math.abs(normal.mu) + 10);
        expect(quantile(normal, Math.min(1, p + 1e-6))).toBeGreaterThanOrEqual(x - slack);
        expect(logDensity(normal, x)).toBeGreaterThan(Number.NEGATIVE_INFINITY);
        expect(logMass(normal)).toBeLessThanOrEqual(1e-9);
      }),
    );
  });

  it("mirrors", () => {
    fc.assert(
      fc.property(normals, ({ mu, sigma, low, high }) => {
        const mirror = { mu: -mu, sigma, low: -high, high: -low };
        expect(errorOf(logMass(mirror), logMass({ mu, sigma, low, high }))).toBeLessThan(1e-11);
        expect(logDensity(mirror, -low)).toBeCloseTo(logDensity({ mu, sigma, low, high }, low), 8);
      }),
    );
  });

  it("has its bounds at 0 and 1", () => {
    for (const mu of [-1000, 0, 0.3, 1000]) {
      const normal = { mu, sigma: 0.7, low: 0, high: 1 };
      expect([quantile(normal, 0), quantile(normal, 1)]).toEqual([expect.closeTo(0, 12), expect.closeTo(1, 12)]);
    }
    expect(quantile({ mu: 0, sigma: 1, low: 6, high: Infinity }, 1)).toBe(Infinity);
  });

  it("takes one uniform a draw, whose mean is the truncated one", () => {
    const rng = stream("truncated");
    const normal = { mu: 0, sigma: 1, low: 3, high: Infinity };
    let uniforms = 0;
    const next = (): number => {
      uniforms++;
      return rng.next();
    };
    let sum = 0;
    for (let i = 0; i < 4000; i++) sum += drawTruncatedNormal(normal, { next });
    expect(uniforms).toBe(4000);
    expect(Math.abs(sum / 4000 - 3.2831)).toBeLessThan(0.02);
  });
});
