import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { shuffled } from "../../src/random/shuffled.ts";
import { type Rng, stream } from "../../src/random/stream.ts";
import { latinHypercube } from "../../src/samplers/latin-hypercube.ts";
import { PointSpace } from "../../src/samplers/points.ts";
import { drawConfiguration } from "../../src/samplers/prior.ts";
import { checkAssignment } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";

const everyKind = compileSpace({
  aChoice: hp.choice(["a", { x: hp.uniform(-3, 3), below: hp.choice([1, { q: hp.quniform(0.05, 1, 0.1) }]) }]),
  aInt: hp.uniformint(-3, 40),
  aLog: hp.loguniform(1e-6, 1e3),
  aLognormal: hp.lognormal(1, 2),
  aNormal: hp.normal(3, 2),
  aPchoice: hp.pchoice([
    [0.7, "often"],
    [0.3, "seldom"],
    [0, "never"],
  ]),
  aQlog: hp.qloguniform(1, 1000, 3),
  aQlognormal: hp.qlognormal(1, 1, 0.5),
  aQnormal: hp.qnormal(0, 10, 2),
  aRandint: hp.randint(5, 12),
});
const points = new PointSpace(everyKind);

describe("points", () => {
  it("lead to a configuration and back again", () => {
    for (let i = 0; i < 200; i++) {
      const assignment = drawConfiguration(everyKind, stream("points", i));
      const again = points.assignmentOf(points.pointOf(assignment));
      expect(Object.keys(again).sort()).toEqual(Object.keys(assignment).sort());
      for (const [path, value] of Object.entries(assignment)) {
        expect(Math.abs((again[path] ?? 0) - value)).toBeLessThanOrEqual(1e-8 * Math.max(1, Math.abs(value)));
      }
    }
  });

  it("lie in [0, 1], and every place belongs to a value", () => {
    const unit = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.array(unit, { minLength: points.size, maxLength: points.size }), (units) => {
        const point = points.quantile(units);
        checkAssignment(everyKind, points.assignmentOf(point));
        for (const index of points.numeric) {
          const place = point[index] ?? 0;
          if (!Number.isNaN(place)) expect(place >= 0 && place <= 1).toBe(true);
        }
      }),
    );
  });

  it("spread draws of the space evenly, those of a normal too", () => {
    for (const index of points.numeric) {
      const places = Array.from({ length: 2000 }, (_, i) =>
        points.pointOf(drawConfiguration(everyKind, stream("even", i))),
      ).flatMap((point) => (Number.isNaN(point[index]) ? [] : [point[index] ?? 0]));
      const low = places.filter((place) => place < 0.5).length / places.length;
      expect(low).toBeGreaterThan(0.4);
      expect(low).toBeLessThan(0.6);
    }
  });

  it("step along a grid from end to end", () => {
    const grid = new PointSpace(compileSpace({ n: hp.quniform(0, 1, 0.25) })).coordinates[0];
    if (grid?.kind !== "numeric") throw new Error("expected an ordered dimension");
    const values: number[] = [];
    for (let place: number | null = grid.toUnit(0); place !== null; place = grid.neighbour(place, 1)) {
      values.push(grid.fromUnit(place));
      const { from, to } = grid.cell(place);
      expect(to - from).toBeCloseTo(0.2, 10);
    }
    expect(values).toEqual([0, 0.25, 0.5, 0.75, 1]);
    expect(grid.neighbour(grid.toUnit(0), -1)).toBeNull();
  });
});

it("points of the widest normals that there are lead to numbers", () => {
  const sigma = Number.MAX_VALUE;
  const widest = new PointSpace(compileSpace({ a: hp.normal(0, sigma), b: hp.qnormal(0, sigma, 1e300) }));
  for (const unit of [1e-9, 0.25, 0.5, 0.75, 1 - 1e-9]) {
    checkAssignment(widest.space, widest.assignmentOf(widest.quantile([unit, unit])));
  }
});

it("a Latin hypercube has one point in each interval of each dimension", () => {
  const design = latinHypercube(17, 5, stream("design"));
  for (let d = 0; d < 5; d++) {
    const intervals = design.map((point) => Math.floor(17 * (point[d] ?? 0)));
    expect(new Set(intervals).size).toBe(17);
  }
  expect(latinHypercube(17, 5, stream("design"))).toEqual(design);
});

it.each([
  [6, 2],
  [17, 5],
  [1, 3],
])(
  "a Latin hypercube of %i points in %i dimensions is the one of 20 whose closest points are farthest apart",
  (size, dimensions) => {
    for (let seed = 0; seed < 10; seed++) {
      const rng = stream("designs", seed);
      const designs = Array.from({ length: 20 }, () => plainDesign(size, dimensions, rng));
      const gaps = designs.map(closest);
      const best = designs[gaps.indexOf(Math.max(...gaps))];
      expect(latinHypercube(size, dimensions, stream("designs", seed))).toEqual(best);
    }
  },
);

function plainDesign(size: number, dimensions: number, rng: Rng): readonly Float64Array[] {
  const columns = Array.from({ length: dimensions }, () => {
    const order = shuffled(
      Int32Array.from({ length: size }, (_, index) => index),
      rng,
    );
    return Array.from(order, (interval) => (interval + rng.next()) / size);
  });
  return Array.from({ length: size }, (_, index) =>
    Float64Array.from(columns, (column) => column[index] ?? Number.NaN),
  );
}

function closest(points: readonly Float64Array[]): number {
  const pairs = points.flatMap((one, index) => points.slice(0, index).map((other) => [one, other] as const));
  const gaps = pairs.map(([one, other]) => one.reduce((sum, at, d) => sum + (at - (other[d] ?? 0)) ** 2, 0));
  return Math.min(...gaps);
}
