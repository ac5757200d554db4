import { describe, expect, it } from "vitest";
import { type Dependence, dependenceOf } from "../../src/importance/dependence.ts";
import { stream } from "../../src/random/stream.ts";
import { pointSpaceOf } from "../../src/samplers/points.ts";
import type { Assignment } from "../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { relationsOf } from "../../src/space/relation/where.ts";

const flat = compileSpace({ x: hp.uniform(0, 1), y: hp.uniform(0, 1), kind: hp.choice(["a", "b"]) });
const branched = compileSpace({
  net: hp.choice([
    { type: "deep", depth: hp.uniform(0, 1) },
    { type: "wide", width: hp.uniform(0, 1) },
  ]),
  x: hp.uniform(0, 1),
});

/** What is expected after eighty trials from all over the space. */
function dependence(
  space: CompiledSpace,
  lossOf: (assignment: Assignment) => number,
  { where = [], trials = 80 }: { readonly where?: readonly string[]; readonly trials?: number } = {},
): Dependence | null {
  const points = pointSpaceOf(space);
  const rng = stream("dependence", trials);
  const observations = Array.from({ length: trials }, (_, number) => {
    const assignment = points.assignmentOf(points.draw(rng));
    return { number, assignment, reports: [], result: { kind: "complete", losses: [lossOf(assignment)] } as const };
  });
  return dependenceOf({ space, relations: relationsOf(space, where), observations });
}

const at = (assignment: Assignment, path: string): number => assignment[path] ?? 0;

describe("dependenceOf", () => {
  it("expects the mean over what is not given", () => {
    const found = dependence(flat, (each) => 4 * at(each, "x") + 2 * at(each, "y") + 3 * at(each, "kind"));
    expect(found?.explained).toBeGreaterThan(0.95);
    expect(found?.expected({ x: 0.25 })).toBeCloseTo(1 + 1 + 1.5, 0);
    expect(found?.expected({ x: 0.25, y: 1 })).toBeCloseTo(1 + 2 + 1.5, 0);
    expect(found?.expected({ x: 0.25, y: 1, kind: 1 })).toBeCloseTo(1 + 2 + 3, 0);
    expect(found?.expected({})).toBeCloseTo(2 + 1 + 1.5, 0);
  });

  it("takes the choice to be made on which a param depends", () => {
    const found = dependence(branched, (each) => (at(each, "net") === 0 ? 10 + 4 * at(each, "net.deep.depth") : 0));
    expect(found?.expected({ "net.deep.depth": 0.5 })).toBeCloseTo(12, 0);
    expect(found?.expected({ "net.wide.width": 0.5, x: 0.1 })).toBeCloseTo(0, 0);
    expect(found?.expected({ "net.wide.width": 0.5, "net.deep.depth": 0.5 })).toBe(null);
    expect(found?.expected({ "net.wide.width": 0.5, net: 0 })).toBe(null);
  });

  it("leaves out what relations forbid", () => {
    const found = dependence(flat, (each) => at(each, "x"), { where: ["x < y", "y < 0.9"] });
    expect(found?.expected({ x: 0.5, y: 0.6 })).toBeCloseTo(0.5, 1);
    expect(found?.expected({ x: 0.5, y: 0.4 })).toBe(null);
    expect(found?.expected({ x: 0.95 })).toBe(null);
  });

  it("expects the mean of logarithms where losses differ a hundredfold", () => {
    const found = dependence(flat, (each) => 10 ** (4 * at(each, "x") + 2 * at(each, "y")));
    expect(found?.explained).toBeGreaterThan(0.95);
    expect(Math.log10(found?.expected({ x: 0.5 }) ?? 0)).toBeCloseTo(2 + 1, 0);
  });

  it("does not believe a loss that is far out", () => {
    const found = dependence(flat, (each) => (at(each, "x") > 0.98 ? 1e9 : 4 * at(each, "x") + 1));
    expect(found?.expected({ x: 0.5 })).toBeCloseTo(3, 0);
  });

  it("reckons with the largest losses", () => {
    const found = dependence(flat, (each) => 1e300 * (at(each, "x") - 2));
    expect((found?.expected({ x: 0.5 }) ?? 0) / 1e300).toBeCloseTo(-1.5, 0);
  });

  it("expects the same loss everywhere of losses that are equal", () => {
    expect(dependence(flat, () => 7)?.expected({ x: 0.3 })).toBeCloseTo(7, 9);
  });

  it("takes a number that a param cannot take for the nearest that it can, and refuses what is none", () => {
    const space = compileSpace({ n: hp.uniformint(1, 5), l: hp.loguniform(0.01, 1), kind: hp.choice(["a", "b"]) });
    const found = dependence(space, (each) => at(each, "n") + 3 * at(each, "kind") - at(each, "l"));
    const expected = (values: object) => found?.expected(values as Assignment); // a caller without types gives anything
    expect(expected({ n: 2.4, l: -1 })).toBe(expected({ n: 2, l: 0.01 }));
    expect(expected({ n: 99 })).toBe(expected({ n: 5 }));
    const wrong = { n: Number.NaN, l: "0.1", kind: 2 };
    for (const [path, value] of Object.entries(wrong)) {
      expect(() => expected({ [path]: value })).toThrow(`dependence: ${path}: expected `);
    }
    expect(() => expected({ kind: "a" })).toThrow('the index of one of 2 options, received "a"');
    expect(() => expected([1])).toThrow("dependence: expected an object of path -> number, received [1]");
  });

  it("says nothing after nine trials, and nothing of what is no param", () => {
    expect(dependence(flat, (each) => at(each, "x"), { trials: 9 })).toBe(null);
    expect(() => dependence(flat, (each) => at(each, "x"))?.expected({ z: 1 })).toThrow(/the space has no param "z"/);
  });
});
