import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import {
  drawBetween,
  logDensityAt,
  logMassBetween,
  massBetween,
  mixtureOf,
} from "../../../src/samplers/tpe/mixture.ts";
import { modelOf } from "../../../src/samplers/tpe/models.ts";
import { adaptiveParzen, type Components } from "../../../src/samplers/tpe/parzen.ts";
import { forgettingWeights } from "../../../src/samplers/tpe/weights.ts";
import type { Distribution } from "../../../src/space/distribution.ts";
import { TRUNCATED_NORMALS } from "../../golden/numerics.ts";
import { sampleOf } from "./sample.ts";

/** Components of an estimator over [0, 10]; small integers make equal ones. */
const components: fc.Arbitrary<Components> = fc
  .array(fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.integer({ min: 0, max: 10 })), { maxLength: 400 })
  .map((values) => adaptiveParzen(sampleOf(values), { mu: 5, sigma: 10, weight: 1 }));

/** By the definition, every component and every exponential. */
function plainLogDensity({ mus, sigmas, weights, total }: Components, x: number): number {
  const terms = Array.from(mus, (mu, i) => {
    const z = (x - mu) / sigmas[i]!;
    return Math.log(weights[i]! / total / sigmas[i]!) - 0.5 * z * z - 0.5 * Math.log(2 * Math.PI);
  });
  const top = Math.max(...terms);
  return top + Math.log(terms.reduce((sum, term) => sum + Math.exp(term - top), 0));
}

const copyOf = (from: Components): Components => structuredClone(from);

describe("a mixture", () => {
  it("has the density of its definition, near and far", () => {
    const x = fc.oneof(fc.double({ min: 0, max: 10, noNaN: true }), fc.double({ min: -1e4, max: 1e4, noNaN: true }));
    fc.assert(
      fc.property(components, x, (given, at) => {
        const expected = plainLogDensity(given, at);
        const actual = logDensityAt(mixtureOf(copyOf(given)), at, Number.POSITIVE_INFINITY);
        expect(Math.abs(actual - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
      }),
    );
  });

  it("gives up only above the limit", () => {
    fc.assert(
      fc.property(
        components,
        fc.double({ min: 0, max: 10, noNaN: true }),
        fc.double({ min: -8, max: 3, noNaN: true }),
        (given, x, limit) => {
          const mixture = mixtureOf(copyOf(given));
          const exact = logDensityAt(mixture, x, Number.POSITIVE_INFINITY);
          const early = logDensityAt(mixture, x, limit);
          if (exact <= limit) expect(early).toBe(exact);
          else expect(early).toBeGreaterThan(limit - 1e-12);
        },
      ),
    );
  });

  it("has masses that add up to 1 and agree with its density", () => {
    fc.assert(
      fc.property(components, fc.double({ min: -5, max: 15, noNaN: true }), (given, x) => {
        const mixture = mixtureOf(copyOf(given));
        expect(massBetween(mixture, Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY)).toBeCloseTo(1, 12);
        const cell = massBetween(mixture, x - 5e-5, x + 5e-5) / 1e-4;
        expect(cell / Math.exp(logDensityAt(mixture, x, Number.POSITIVE_INFINITY))).toBeCloseTo(1, 4);
      }),
    );
    expect(massBetween(mixtureOf(adaptiveParzen(sampleOf([]), { mu: 0, sigma: 1, weight: 1 })), 1, 1)).toBe(0);
  });

  it.each(TRUNCATED_NORMALS)("of one component has the golden mass of $normal", ({ normal, logMass }) => {
    const { mu, sigma, low, high } = normal;
    const [one, unit] = [Float64Array.of(1), Float64Array.of(mu)];
    const of = {
      mus: unit,
      sigmas: Float64Array.of(sigma),
      weights: one,
      total: 1,
      narrowest: sigma / 3,
      countNarrow: 0,
    };
    const error = Math.abs(logMassBetween(mixtureOf(of), low, high) - logMass);
    expect(error).toBeLessThanOrEqual(1e-9 + 2e-15 * Math.abs(logMass));
  });

  it("is drawn from with its own density, cut at the ends", () => {
    const mixture = mixtureOf(adaptiveParzen(sampleOf([1, 1.1, 7]), { mu: 5, sigma: 10, weight: 0.5 }));
    const rng = stream("mixture");
    const draws = Array.from({ length: 20_000 }, () => drawBetween(mixture, { low: 0, high: 8 }, rng));
    const whole = massBetween(mixture, 0, 8);
    for (const x of [0, 1, 2, 4, 6, 7, 8]) {
      const share = draws.filter((draw) => draw < x).length / draws.length;
      expect(Math.abs(share - massBetween(mixture, 0, x) / whole)).toBeLessThan(0.015);
    }
    expect(draws.every((draw) => draw >= 0 && draw < 8)).toBe(true);
  });
});

describe("a model of a range of any width", () => {
  const settings = { priorWeight: 1, hyperopt: false };
  const widths = fc.integer({ min: -300, max: 307 }).map((exponent) => 10 ** exponent);
  const shares = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 });

  it("draws and scores as that of [0, 1]", () => {
    fc.assert(
      fc.property(widths, shares, fc.boolean(), (width, places, hyperopt) => {
        const of = (high: number) =>
          modelOf({ kind: "uniform", low: 0, high }, sampleOf(places.map((x) => x * high)), { ...settings, hyperopt });
        const [unit, scaled] = [of(1), of(width)];
        const [draw, expected] = [scaled.draw(stream(places.join())), unit.draw(stream(places.join()))];
        expect(draw / width).toBeCloseTo(expected, 9);
        expect(scaled.logDensity(draw) + Math.log(width)).toBeCloseTo(unit.logDensity(draw / width), 6);
      }),
    );
  });

  it("draws between neighbouring numbers", () => {
    const [low, high] = [0, Number.MIN_VALUE];
    const model = modelOf({ kind: "uniform", low, high }, sampleOf([low, high, low]), settings);
    const rng = stream("narrow");
    const draws = new Set(Array.from({ length: 50 }, () => model.draw(rng)));
    expect(draws).toEqual(new Set([low, high]));
  });

  it("draws between the greatest bounds", () => {
    const [low, high] = [-8.9e307, 8.9e307];
    const draw = modelOf({ kind: "uniform", low, high }, sampleOf([]), settings).draw(stream("huge"));
    expect(Math.abs(draw)).toBeLessThan(high);
  });
});

it("a model of multiples tells far ones apart", () => {
  const model = modelOf({ kind: "qnormal", mu: 0, sigma: 1, q: 0.5 }, sampleOf([0, 0.5]), {
    priorWeight: 1,
    hyperopt: false,
  });
  const logs = [10, 20, 40, 41, 1000].map((value) => model.logDensity(value));
  expect(logs.every(Number.isFinite)).toBe(true);
  expect(logs).toEqual(logs.toSorted((a, b) => b - a));
});

describe("a model in natural units", () => {
  const settings = { priorWeight: 1, hyperopt: false };
  const integral = (distribution: Distribution, hyperopt: boolean, low: number, high: number): number => {
    const values = [0.002, 0.0021, 0.03, 0.5].map(Math.log);
    const model = modelOf(distribution, sampleOf(values), { ...settings, hyperopt });
    const steps = 20_000;
    let sum = 0;
    for (let i = 0; i < steps; i++) {
      const x = low * (high / low) ** ((i + 0.5) / steps);
      sum += Math.exp(model.logDensity(x)) * x * (Math.log(high / low) / steps);
    }
    return sum;
  };

  it("a truncated log-uniform is normalised, which Hyperopt's is not", () => {
    const distribution: Distribution = { kind: "loguniform", low: 1e-3, high: 1 };
    expect(integral(distribution, false, 1e-3, 1)).toBeCloseTo(1, 5);
    expect(integral(distribution, true, 1e-3, 1)).toBeLessThan(0.8);
  });

  it.each<[string, Distribution, number[]]>([
    ["uniformint", { kind: "uniformint", low: 0, high: 4 }, [0, 1, 2, 3, 4]],
    ["quniform", { kind: "quniform", low: 0, high: 11, q: 3 }, [0, 3, 6, 9]],
    ["qloguniform", { kind: "qloguniform", low: 2, high: 7, q: 2 }, [2, 4, 6]],
  ])("the cells of a %s have all the mass, and outer ones no less than inner ones", (_, distribution, grid) => {
    const model = modelOf(distribution, sampleOf([]), settings);
    const masses = grid.map((x) => Math.exp(model.logDensity(x)));
    expect(masses.reduce((sum, mass) => sum + mass, 0)).toBeCloseTo(1, 9);
    const width = (x: number) => (distribution.kind === "qloguniform" ? Math.log((x + 1) / (x - 1)) : 1);
    const heights = masses.map((mass, index) => mass / width(grid[index]!));
    expect(Math.min(...heights) / Math.max(...heights)).toBeGreaterThan(0.85); // a flat bell of the prior's width
    const halved = modelOf(distribution, sampleOf([]), { ...settings, hyperopt: true });
    expect(Math.exp(halved.logDensity(grid[0]!)) / masses[0]!).toBeLessThan(0.75);
  });

  it("forgets a fading past", () => {
    expect(Array.from(forgettingWeights(28)).slice(0, 4)).toEqual([1 / 28, (1 + 1 / 28) / 2, 1, 1]);
  });
});
