import { describe, expect, it } from "vitest";
import { stream } from "../../../../src/random/stream.ts";
import { type Point, PointSpace } from "../../../../src/samplers/points.ts";
import { JointModels } from "../../../../src/samplers/tpe/joint/joint.ts";
import { JointMixture } from "../../../../src/samplers/tpe/joint/mixture.ts";
import { splitPoints } from "../../../../src/samplers/tpe/joint/split-points.ts";
import { kernelWidths } from "../../../../src/samplers/tpe/joint/widths.ts";
import { compileSpace } from "../../../../src/space/compile.ts";
import { hp } from "../../../../src/space/hp.ts";

const STEPS = 400;

/** All points of a space whose ordered dimensions without a grid are cut into `STEPS`, each with the width it has. */
function everyPoint(points: PointSpace, point: Point = new Float64Array(points.size), index = 0): [Point, number][] {
  const coordinate = points.coordinates[index];
  if (coordinate === undefined) return [[Float64Array.from(point), 1]];
  const at = (value: number, width: number): [Point, number][] => {
    point[index] = value;
    return everyPoint(points, point, index + 1).map(([inner, size]) => [inner, size * width]);
  };
  if (!points.isActive(point, index)) return at(Number.NaN, 1);
  if (coordinate.kind === "categorical") return [...Array(coordinate.count).keys()].flatMap((value) => at(value, 1));
  if (!coordinate.grid) return Array.from({ length: STEPS }, (_, i) => at((i + 0.5) / STEPS, 1 / STEPS)).flat();
  const found: [Point, number][] = [];
  for (let place: number | null = coordinate.snap(0); place !== null; place = coordinate.neighbour(place, 1)) {
    found.push(...at(place, 1));
  }
  return found;
}

const spaces = {
  real: { x: hp.uniform(-1, 1) },
  grid: { n: hp.uniformint(1, 6), q: hp.qloguniform(1, 30, 4) },
  fine: { n: hp.uniformint(1, 500) },
  unbounded: { x: hp.normal(0, 2) },
  categories: {
    c: hp.choice(["a", "b", "c"]),
    p: hp.pchoice([
      [0.6, 1],
      [0.4, 2],
    ]),
  },
  conditional: {
    net: hp.choice([{ type: "plain" }, { type: "deep", drop: hp.uniform(0, 1), layers: hp.choice([1, 2]) }]),
  },
};

describe("the joint mixture", () => {
  it.each(Object.entries(spaces))("has a mass of 1: %s", (_, source) => {
    const points = new PointSpace(compileSpace(source));
    const rng = stream("mass");
    const sample = Array.from({ length: 12 }, () => points.draw(rng));
    const weights = sample.map((_point, i) => 1 + (i % 3));
    const mixture = new JointMixture(points, { points: sample, weights, prior: 2 });
    const mass = everyPoint(points).reduce((sum, [point, size]) => sum + size * Math.exp(mixture.logDensity(point)), 0);
    expect(mass).toBeGreaterThan(0.99);
    expect(mass).toBeLessThan(1.01);
  });

  it("draws as dense as it says", () => {
    const points = new PointSpace(compileSpace(spaces.conditional));
    const rng = stream("draws");
    const sample = Array.from({ length: 6 }, () => points.draw(rng));
    const mixture = new JointMixture(points, { points: sample, weights: sample.map(() => 1), prior: 1 });
    const share = everyPoint(points)
      .filter(([point]) => point[0] === 1 && (point[1] ?? 0) < 0.3)
      .reduce((sum, [point, size]) => sum + size * Math.exp(mixture.logDensity(point)), 0);
    const drawn = Array.from({ length: 20_000 }, () => mixture.draw(rng));
    const found = drawn.filter((point) => point[0] === 1 && (point[1] ?? 0) < 0.3).length / drawn.length;
    expect(Math.abs(found - share)).toBeLessThan(0.02);
  });

  it("knows which values go together", () => {
    const points = new PointSpace(compileSpace({ x: hp.uniform(0, 1), y: hp.uniform(0, 1) }));
    const sample = Array.from({ length: 20 }, (_, i) => Float64Array.of(i < 10 ? 0.2 : 0.8, i < 10 ? 0.2 : 0.8));
    const mixture = new JointMixture(points, { points: sample, weights: sample.map(() => 1), prior: 1 });
    const [together, apart] = [
      mixture.logDensity(Float64Array.of(0.2, 0.2)),
      mixture.logDensity(Float64Array.of(0.2, 0.8)),
    ];
    expect(together - apart).toBeGreaterThan(2);
  });
});

describe("kernel widths", () => {
  it("are the larger gap to a neighbour, ends and middle of the range among them", () => {
    const widths = kernelWidths(Float64Array.of(0.9, 0.1, Number.NaN, 0.3), 1);
    expect([...widths].map((width) => Number(width.toFixed(10)))).toEqual([0.4, 0.2, 0, 0.2]);
  });

  it("are those that sorting gives, of equal places too", () => {
    const rng = stream("widths");
    for (const [count, steps] of [
      [1, 1000],
      [3, 4],
      [40, 7],
      [40, 1e6],
      [300, 90],
    ] as const) {
      const places = Float64Array.from({ length: count }, () => Math.round(rng.next() * steps) / steps);
      const order = [...places.keys(), count].sort((a, b) => (places[a] ?? 0.5) - (places[b] ?? 0.5) || a - b);
      const at = (rank: number): number => (rank < 0 ? 0 : rank > count ? 1 : (places[order[rank]!] ?? 0.5));
      const least = Math.max(0.03, (count + 2) ** -2);
      const sorted = Array.from(places, (place, trial) => {
        const rank = order.indexOf(trial);
        return Math.max(least, place - at(rank - 1), at(rank + 1) - place);
      });
      kernelWidths(places, 1).forEach((width, trial) => {
        expect(width).toBeCloseTo(sorted[trial] ?? Number.NaN, 12);
      });
    }
  });
});

describe("sides", () => {
  const pointsOf = (count: number): Point[] => Array.from({ length: count }, (_, i) => Float64Array.of(i / count));
  const sides = (losses: readonly number[], pending: readonly Point[] = []) =>
    splitPoints({ points: pointsOf(losses.length), losses: Float64Array.from(losses), pending });

  it("weigh good trials by how much better they are than the best of the rest", () => {
    const found = sides(Array.from({ length: 30 }, (_, i) => (i === 4 ? 1 : i === 9 ? 3 : i === 20 ? 4 : 5 + i)));
    expect(found?.good.points.map(([x]) => x)).toEqual([4 / 30, 9 / 30, 20 / 30]);
    expect([...(found?.good.weights ?? [])]).toEqual([1, 0.5, 0.25]);
    expect(found?.good.prior).toBeCloseTo(1.75 / 3, 12);
    expect(found?.rest.points.length).toBe(27);
  });

  it("count pending and failed trials among the rest, and hold no failed one for good", () => {
    const found = sides([Number.NaN, 2, Number.NaN, Number.POSITIVE_INFINITY], [Float64Array.of(0.99)]);
    expect(found?.good.points.map(([x]) => x)).toEqual([0.25]);
    expect([...(found?.good.weights ?? [])]).toEqual([1]);
    expect(found?.rest.points.length).toBe(4);
    expect(sides([Number.NaN, Number.POSITIVE_INFINITY])).toBeNull();
  });

  it("stand losses as far apart as there are", () => {
    const found = sides([1e300, -1e300, 0, ...Array(20).fill(1e308)]);
    for (const weight of [...(found?.good.weights ?? [])]) expect(Number.isFinite(weight)).toBe(true);
  });
});

it("models propose where the good trials lie, and from the space while there are none", () => {
  const points = new PointSpace(compileSpace({ x: hp.uniform(0, 1), c: hp.choice(["a", "b", "c", "d"]) }));
  const rng = stream("models");
  const drawn = Array.from({ length: 60 }, () => points.draw(rng));
  const [c, x] = [0, 1];
  const losses = Float64Array.from(drawn, (point) => ((point[x] ?? 0) - 0.2) ** 2 + (point[c] === 2 ? 0 : 0.5));
  const models = new JointModels(points, { points: drawn, losses, pending: [] });
  const best = Array.from({ length: 50 }, () => models.best(rng, null));
  expect(best.filter((point) => point[c] === 2 && Math.abs((point[x] ?? 0) - 0.2) < 0.2).length).toBeGreaterThan(40);
  const isAllowed = (point: Point): boolean => (point[x] ?? 0) > 0.3;
  const allowed = Array.from({ length: 50 }, () => models.best(rng, isAllowed)).filter(isAllowed);
  expect(allowed.length).toBe(50);
  const none = new JointModels(points, { points: drawn, losses: losses.fill(Number.NaN), pending: [] });
  expect(new Set(Array.from({ length: 50 }, () => none.best(rng, null)[c])).size).toBe(4);
});
