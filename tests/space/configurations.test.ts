import { describe, expect, it } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { drawConfiguration } from "../../src/samplers/prior.ts";
import { type Assignment, checkAssignment } from "../../src/space/assignment.ts";
import { type CompiledSpace, compileSpace } from "../../src/space/compile.ts";
import { countConfigurations } from "../../src/space/configurations.ts";
import { hp } from "../../src/space/hp.ts";
import type { RootSpace } from "../../src/space/node.ts";
import { Walk } from "../../src/space/walk.ts";

const FINITE: readonly (readonly [string, number, RootSpace])[] = [
  ["one choice", 3, { a: hp.choice([1, 2, 3]) }],
  [
    "grids",
    4 * 3 * 5 * 4,
    { a: hp.uniformint(-1, 2), b: hp.quniform(0.05, 0.35, 0.1), c: hp.randint(5), d: hp.quniform(0, 11, 3) },
  ],
  ["a grid far from 0", 4, { a: hp.quniform(2101000, 2101000.3, 0.1) }],
  ["as far as a grid may be", 12, { a: hp.quniform(1e13 * 0.3 - 3.5, 1e13 * 0.3, 0.3) }],
  ["a grid that begins just above 0", 2, { a: hp.qloguniform(1e-10, 1, 0.5) }],
  ["a logarithmic grid", 3, { a: hp.qloguniform(2, 7, 2) }],
  [
    "a choice whose options differ in size",
    3 + 1 + 2 * 2,
    {
      a: hp.choice([
        { type: "grid", n: hp.uniformint(1, 3) },
        { type: "point" },
        { type: "square", x: hp.choice([0, 1]), y: hp.choice([0, 1]) },
      ]),
    },
  ],
  [
    "nested choices",
    (1 + (2 + 1)) * 2,
    {
      a: hp.choice(["alone", { b: hp.choice([{ c: hp.randint(2) }, "leaf"]) }]),
      z: hp.choice([true, false]),
    },
  ],
  [
    "options that are never drawn",
    2 * 1 + 1,
    {
      a: hp.pchoice([
        [0.5, { b: hp.uniformint(1, 2) }],
        [0, { c: hp.uniform(0, 1) }],
        [0.5, "leaf"],
      ]),
    },
  ],
];

function walkAround(space: CompiledSpace, start: Assignment): Assignment[] {
  const walk = new Walk(space, start);
  const found = [start];
  for (walk.step(); found.length < 1000; walk.step()) {
    if (JSON.stringify(walk.at) === JSON.stringify(start)) break;
    found.push({ ...walk.at });
  }
  return found;
}

describe.each(FINITE)("%s", (_, size, source) => {
  const space = compileSpace(source);

  it("is counted", () => {
    expect(countConfigurations(space)).toBe(size);
  });

  it.each([0, 1, 2])("is walked through once around, from anywhere (%i)", (seed) => {
    const found = walkAround(space, drawConfiguration(space, stream(seed)));
    expect(new Set(found.map((assignment) => JSON.stringify(assignment))).size).toBe(size);
    for (const assignment of found) checkAssignment(space, assignment);
  });

  it("is walked through in its own order, the last dimension first", () => {
    const found = walkAround(space, drawConfiguration(space, stream(3)));
    const inOrder = found.toSorted((one, other) => compared(space, one, other));
    const turn = found.indexOf(inOrder[0]!);
    expect([...found.slice(turn), ...found.slice(0, turn)]).toEqual(inOrder);
    const paths = space.dimensions.map(({ path }) => path);
    for (const assignment of found) {
      expect(Object.keys(assignment)).toEqual(paths.filter((path) => assignment[path] !== undefined));
    }
  });
});

/** By the first dimension in which they differ. Of two with the same parents, the same dimensions are active. */
function compared({ dimensions }: CompiledSpace, one: Assignment, other: Assignment): number {
  const differing = dimensions.find(({ path }) => one[path] !== other[path]);
  return differing === undefined ? 0 : one[differing.path]! - other[differing.path]!;
}

it("one real-valued dimension makes a space endless, unless it is never drawn", () => {
  expect(countConfigurations(compileSpace({ a: hp.choice(["x", { b: hp.uniform(0, 1) }]) }))).toBe(Infinity);
  expect(countConfigurations(compileSpace({ a: hp.qnormal(0, 1, 1) }))).toBe(Infinity);
});
