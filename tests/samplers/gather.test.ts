import { describe, expect, it } from "vitest";
import { gathered } from "../../src/samplers/gather.ts";
import { PointSpace } from "../../src/samplers/points.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";

const cube = (size: number): PointSpace =>
  new PointSpace(compileSpace(Object.fromEntries(Array.from({ length: size }, (_, i) => [`x${i}`, hp.uniform(0, 1)]))));

describe("a design that is drawn in", () => {
  it("keeps its spread along a single dimension", () => {
    expect([...gathered(cube(1), Float64Array.of(0.97))]).toEqual([0.97]);
  });

  it("is the narrower, the more dimensions there are", () => {
    const widthOf = (dimensions: number): number =>
      gathered(cube(dimensions), new Float64Array(dimensions).fill(1))[0]! - 0.5;
    expect(widthOf(10)).toBeCloseTo(0.5 * Math.sqrt(1.3 / 10), 12);
    expect(widthOf(30)).toBeLessThan(widthOf(10));
  });

  it("counts the ordered params that are active, and leaves categories alone", () => {
    const branch = { kind: "deep", ...Object.fromEntries([1, 2, 3, 4, 5].map((i) => [`y${i}`, hp.uniform(0, 1)])) };
    const space = compileSpace({ model: hp.choice([{ kind: "flat" }, branch]), x: hp.uniform(0, 1) });
    const points = new PointSpace(space);
    const at = (model: number): { readonly [path: string]: number } => {
      const place = Float64Array.from(space.dimensions, ({ path }) => (path === "model" ? model : 0.9));
      const drawn = gathered(points, place);
      return Object.fromEntries(space.dimensions.map(({ path }, index) => [path, drawn[index] ?? Number.NaN]));
    };
    expect(at(0.2)).toMatchObject({ model: 0.2, x: 0.9 });
    expect(at(0.8)["model"]).toBe(0.8);
    expect(at(0.8)["x"]).toBeCloseTo(0.5 + 0.4 * Math.sqrt(1.3 / 6), 12);
  });
});
