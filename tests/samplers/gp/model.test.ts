import { describe, expect, it } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import {
  type Acquisition,
  confidenceBound,
  expectedImprovement,
  improvementProbability,
} from "../../../src/samplers/gp/belief/acquisition.ts";
import { Belief } from "../../../src/samplers/gp/belief/belief.ts";
import { Posterior } from "../../../src/samplers/gp/belief/posterior.ts";
import { DOUBT } from "../../../src/samplers/gp/data/doubt.ts";
import { transformLosses } from "../../../src/samplers/gp/data/transform.ts";
import { fitTheta } from "../../../src/samplers/gp/fit/fit.ts";
import { negativeLogPosterior } from "../../../src/samplers/gp/fit/likelihood.ts";
import { trainingSet } from "../../../src/samplers/gp/fit/training-set.ts";
import { difference } from "../../../src/samplers/gp/kernel/kernel.ts";
import type { Smoothness } from "../../../src/samplers/gp/kernel/matern.ts";
import { doubtsOf, FROM_END, noiseOf, signalOf, thetaPrior, weightsOf } from "../../../src/samplers/gp/kernel/theta.ts";
import { climb } from "../../../src/samplers/gp/search/climb.ts";
import { type Point, PointSpace } from "../../../src/samplers/points.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

const points = new PointSpace(
  compileSpace({
    x: hp.uniform(0, 1),
    n: hp.uniformint(1, 20),
    kind: hp.choice([{ type: "a" }, { type: "b", y: hp.loguniform(1e-3, 1) }, { type: "c", z: hp.choice([1, 2, 3]) }]),
  }),
);
const rng = stream("model");
const rows = Array.from({ length: 25 }, () => points.draw(rng));
const { targets } = transformLosses(
  Float64Array.from(rows, (row) => Math.sin(5 * (row[points.numeric[0] ?? 0] ?? 0)) + (row[0] ?? 0)),
  "wide",
);
const doubts = Uint8Array.from(rows, (_, i) => ({ 3: DOUBT.failed, 5: DOUBT.guessed })[i % 8] ?? DOUBT.none);
const data = { targets, doubts };
const theta = Float64Array.from(thetaPrior(points).means, (mean, i) => mean + 0.3 * Math.cos(i));
const posteriorOf = (given: readonly Point[]): Posterior => {
  const posterior = new Posterior(points, theta, "5/2");
  posterior.update(given, data);
  return posterior;
};

/** The covariance by its definition: three fifths of all dimensions together, two fifths of each by itself. */
function covariance(left: Point, right: Point, smoothness: Smoothness): number {
  const weights = weightsOf(theta);
  const apart = points.coordinates.map(
    ({ kind }, d) => (weights[d] ?? 0) * difference(kind, left[d] ?? 0, right[d] ?? 0),
  );
  const squared = apart.reduce((sum, each) => sum + each, 0);
  const effects = apart.reduce((sum, each) => sum + 1 / (1 + each), 0) / apart.length;
  return signalOf(theta) * (0.6 * matern(squared, smoothness) + 0.4 * effects);
}

const noiseAt = (row: number): number => noiseOf(theta) + (doubtsOf(theta)[doubts[row] ?? 0] ?? 0);

function matern(squared: number, smoothness: Smoothness): number {
  const rho = Math.sqrt((smoothness === "3/2" ? 3 : 5) * squared);
  return (smoothness === "3/2" ? 1 + rho : 1 + rho + (rho * rho) / 3) * Math.exp(-rho);
}

/** Solves A·x = b by Gaussian elimination. */
function solveDense(matrix: readonly (readonly number[])[], b: readonly number[]): number[] {
  const a = matrix.map((row, i) => [...row, b[i] ?? 0]);
  for (let i = 0; i < a.length; i++) {
    const pivot = a.slice(i).reduce((best, row, k) => (Math.abs(row[i]!) > Math.abs(a[best]![i]!) ? i + k : best), i);
    [a[i], a[pivot]] = [a[pivot]!, a[i]!];
    for (let k = i + 1; k < a.length; k++) {
      const factor = a[k]![i]! / a[i]![i]!;
      for (let c = i; c <= a.length; c++) a[k]![c]! -= factor * a[i]![c]!;
    }
  }
  const x = new Array<number>(a.length).fill(0);
  for (let i = a.length - 1; i >= 0; i--) {
    const known = x.reduce((sum, value, k) => sum + (k > i ? a[i]![k]! * value : 0), 0);
    x[i] = (a[i]![a.length]! - known) / a[i]![i]!;
  }
  return x;
}

describe.each(["3/2", "5/2"] as const)("posterior of smoothness %s", (smoothness) => {
  const matrix = rows.map((left, i) =>
    rows.map((right, k) => covariance(left, right, smoothness) + (i === k ? noiseAt(i) : 0)),
  );
  const posterior = new Posterior(points, theta, smoothness);
  posterior.update(rows, data);

  it("has the mean and variance of the definition", () => {
    const alpha = solveDense(matrix, [...targets]);
    for (let times = 0; times < 20; times++) {
      const query = points.draw(rng);
      const vector = rows.map((row) => covariance(query, row, smoothness));
      const mean = vector.reduce((sum, value, i) => sum + value * (alpha[i] ?? 0), 0);
      const explained = solveDense(matrix, vector).reduce((sum, value, i) => sum + value * (vector[i] ?? 0), 0);
      expect(posterior.mean(query)).toBeCloseTo(mean, 8);
      expect(posterior.varianceBound()).toBeGreaterThanOrEqual(signalOf(theta) - explained - 1e-9);
      expect(posterior.variance()).toBeCloseTo(signalOf(theta) - explained, 8);
    }
  });

  it("has at its rows the means that it has anywhere", () => {
    const pending = [points.draw(rng), points.draw(rng)];
    const believed = new Posterior(points, theta, smoothness);
    believed.update([...rows, ...pending], data);
    const means = believed.meansAtRows();
    expect(means).toHaveLength(rows.length + 2);
    [...rows, ...pending].forEach((row, i) => {
      expect(posterior.mean(row)).toBeCloseTo(means[i] ?? Number.NaN, 9);
    });
  });

  it("expects of each row what one without it expects there", () => {
    const expected = posterior.expectedFromOthers();
    const [others, rest] = [rows.toSpliced(7, 1), { targets: [...targets], doubts: [...doubts] }];
    const without = new Posterior(points, theta, smoothness);
    rest.targets.splice(7, 1);
    rest.doubts.splice(7, 1);
    without.update(others, { targets: Float64Array.from(rest.targets), doubts: Uint8Array.from(rest.doubts) });
    expect(expected).toHaveLength(rows.length);
    expect(expected[7]).toBeCloseTo(without.mean(rows[7] as Point), 9); // there are 25
  });

  it("has the slopes that finite differences have", () => {
    const query = points.draw(rng);
    const byMean = new Float64Array(points.numeric.length);
    const byVariance = new Float64Array(points.numeric.length);
    posterior.mean(query);
    posterior.variance();
    posterior.slopes(byMean, byVariance);
    points.numeric.forEach((index, d) => {
      if (Number.isNaN(query[index])) return;
      const at = (step: number): [number, number] => {
        const moved = Float64Array.from(query);
        moved[index] = (query[index] ?? 0) + step;
        return [posterior.mean(moved), posterior.variance()];
      };
      const [above, below] = [at(1e-5), at(-1e-5)];
      expect(byMean[d]).toBeCloseTo((above[0] - below[0]) / 2e-5, 5);
      expect(byVariance[d]).toBeCloseTo((above[1] - below[1]) / 2e-5, 5);
    });
  });

  it("given other rows, is what a new one is, to the last bit", () => {
    const kept = new Posterior(points, theta, smoothness);
    const query = points.draw(rng);
    const pending = [points.draw(rng), points.draw(rng)];
    const histories = [rows.slice(0, 10), rows.slice(0, 11), rows, [...rows, ...pending], rows.slice(3), rows];
    for (const history of histories) {
      const given = Math.min(history.length, rows.length);
      const known = { targets: targets.subarray(0, given), doubts: doubts.subarray(0, given) };
      const fresh = new Posterior(points, theta, smoothness);
      kept.update(history, known);
      fresh.update(history, known);
      expect([kept.mean(query), kept.variance()]).toEqual([fresh.mean(query), fresh.variance()]);
    }
  });

  it("believes that pending trials come out as expected: means stay, variances fall", () => {
    const pending = Array.from({ length: 5 }, () => points.draw(rng));
    const expected = pending.map((point) => posterior.mean(point));
    const believed = new Posterior(points, theta, smoothness);
    believed.update([...rows, ...pending], data);
    const told = new Posterior(points, theta, smoothness);
    told.update([...rows, ...pending], { targets: Float64Array.from([...targets, ...expected]), doubts });
    for (let times = 0; times < 10; times++) {
      const query = points.draw(rng);
      const mean = posterior.mean(query);
      const variance = posterior.variance();
      expect(believed.mean(query)).toBeCloseTo(mean, 9);
      expect(believed.variance()).toBeLessThanOrEqual(variance + 1e-12);
      expect(told.mean(query)).toBeCloseTo(mean, 6);
    }
  });

  it("stands equal points without end", () => {
    const same = new Posterior(points, Float64Array.from(theta).fill(-14, theta.length - FROM_END.noise), "3/2");
    same.update(
      Array.from({ length: 60 }, () => rows[0] as Point),
      { targets: new Float64Array(60).fill(1), doubts: new Uint8Array(60) },
    );
    expect(same.mean(rows[0] as Point)).toBeCloseTo(1, 3);
    expect(same.variance()).toBeGreaterThan(0);
  });
});

describe("likelihood", () => {
  const set = trainingSet(points, { rows, ...data }, "5/2");
  const rough = trainingSet(points, { rows, ...data }, "3/2");
  const prior = thetaPrior(points);

  it.each([set, rough])("has the gradient that finite differences have: $smoothness", (set) => {
    const gradient = new Float64Array(theta.length);
    const unused = new Float64Array(theta.length);
    negativeLogPosterior(set, { theta, prior }, gradient);
    theta.forEach((entry, i) => {
      const at = (step: number): number => {
        const moved = Float64Array.from(theta);
        moved[i] = entry + step;
        return negativeLogPosterior(set, { theta: moved, prior }, unused);
      };
      expect(gradient[i]).toBeCloseTo((at(1e-5) - at(-1e-5)) / 2e-5, 4);
    });
  });

  it("a fit is more likely than the prior's mean, and a second one no less", () => {
    const value = (at: Float64Array): number =>
      negativeLogPosterior(set, { theta: at, prior }, new Float64Array(at.length));
    const first = fitTheta(points, { rows, ...data }, { smoothness: "5/2", start: null });
    const second = fitTheta(points, { rows, ...data }, { smoothness: "5/2", start: first });
    expect(value(first)).toBeLessThan(value(prior.means));
    expect(value(second)).toBeLessThanOrEqual(value(first) + 1e-6);
  });
});

describe("acquisitions", () => {
  const acquisitions: readonly (readonly [name: string, Acquisition])[] = [
    ["improvement", expectedImprovement(-1)],
    ["bound", confidenceBound(1.8)],
    ["probability", improvementProbability(-1)],
  ];

  it.each(acquisitions)(
    "%s: slopes are those of finite differences, the ceiling is above",
    (_, { value, slopes, ceiling }) => {
      for (const mean of [-3, -1.5, 0, 4]) {
        for (const deviation of [0.01, 0.5, 2]) {
          const { byMean, byDeviation } = slopes(mean, deviation);
          const step = 1e-6;
          const near = (a: number, b: number) => expect(Math.abs(a - b) / Math.max(1, Math.abs(b))).toBeLessThan(1e-4);
          near(byMean, (value(mean + step, deviation) - value(mean - step, deviation)) / (2 * step));
          near(byDeviation, (value(mean, deviation + step) - value(mean, deviation - step)) / (2 * step));
          for (const less of [0.001, 0.3 * deviation, deviation]) {
            if (less <= deviation) expect(ceiling(mean, deviation)).toBeGreaterThanOrEqual(value(mean, less));
          }
        }
      }
    },
  );

  it("climbing never ends lower where there is no grid, and mostly higher", () => {
    const plane = new PointSpace(compileSpace({ x: hp.uniform(0, 1), y: hp.loguniform(1e-3, 1) }));
    const known = Array.from({ length: 12 }, () => plane.draw(rng));
    const losses = transformLosses(
      Float64Array.from(known, ([x = 0, y = 0]) => Math.hypot(x - 0.3, y - 0.6)),
      "wide",
    );
    const posterior = new Posterior(plane, thetaPrior(plane).means, "5/2");
    posterior.update(known, losses);
    const belief = new Belief(posterior, expectedImprovement(-1));
    const lengths = new Float64Array(plane.size).fill(0.3);
    const rises = Array.from({ length: 20 }, () => {
      const from = plane.draw(rng);
      return belief.score(climb(plane, from, { belief, lengths, isAllowed: null })) - belief.score(from);
    });
    expect(Math.min(...rises)).toBeGreaterThanOrEqual(0);
    expect(rises.filter((rise) => rise > 0).length).toBeGreaterThan(15);
  });

  it("climbing stays on the grid, and where it is allowed", () => {
    const belief = new Belief(posteriorOf(rows), expectedImprovement(-1));
    const lengths = new Float64Array(points.size).fill(0.3);
    for (let times = 0; times < 10; times++) {
      const from = points.draw(rng);
      const to = climb(points, from, { belief, lengths, isAllowed: null });
      points.coordinates.forEach((coordinate, index) => {
        const place = to[index] ?? Number.NaN;
        if (coordinate.kind === "numeric" && !Number.isNaN(place)) expect(coordinate.snap(place)).toBe(place);
      });
      expect([...to].map(Number.isNaN)).toEqual([...from].map(Number.isNaN));
      const near = (point: Point): boolean =>
        point.every((place, index) => Number.isNaN(place) || Math.abs(place - (from[index] ?? 0)) < 0.02);
      const held = climb(points, from, { belief, lengths, isAllowed: near });
      expect(near(held)).toBe(true);
    }
  });
});
