import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { type Assignment, checkAssignment, isActive } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { anySpace, draw } from "./arbitrary.ts";

const space = compileSpace({
  x: hp.uniform(0, 1),
  o: hp.choice([
    { type: "a", m: hp.uniform(0, 1) },
    { type: "b", n: hp.uniformint(1, 3) },
  ]),
});

describe("checkAssignment", () => {
  it.each<readonly [what: string, assignment: unknown, message: string]>([
    ["no object", null, "params: expected an assignment: an object of path -> number, received null"],
    ["a list", [], "params: expected an assignment: an object of path -> number, received []"],
    ["a missing value", { o: 1, "o.b.n": 1 }, "x: missing, expected a number from 0 to 1"],
    ["text", { x: "0", o: 1, "o.b.n": 1 }, 'x: expected a number from 0 to 1, received "0"'],
    ["a value out of bounds", { x: 2, o: 1, "o.b.n": 1 }, "x: expected a number from 0 to 1, received 2"],
    ["no such option", { x: 0, o: 2 }, "o: expected the index of one of 2 options, received 2"],
    ["a missing value of the branch", { x: 0, o: 1 }, "o.b.n: missing, expected an integer from 1 to 3"],
    [
      "a value of another branch",
      { x: 0, o: 1, "o.b.n": 1, "o.a.m": 1 },
      "o.a.m: expected only active params, received 1",
    ],
    ["an unknown path", { x: 0, o: 1, "o.b.n": 1, y: 1 }, "y: expected only active params, received 1"],
  ])("refuses %s", (_what, assignment, message) => {
    expect(() => checkAssignment(space, assignment)).toThrow(message);
  });

  it("takes what the space allows, and nothing with one value less or more", () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (source, seed) => {
        const compiled = compileSpace(source);
        const assignment = draw(compiled, stream(seed));
        checkAssignment(compiled, assignment);
        const [first = ""] = Object.keys(assignment);
        const { [first]: _, ...less } = assignment;
        expect(() => checkAssignment(compiled, less)).toThrow();
        expect(() => checkAssignment(compiled, { ...assignment, "no such path": 0 })).toThrow();
      }),
    );
  });
});

it("isActive follows the choices made so far", () => {
  const active = (chosen: Assignment): readonly string[] =>
    space.dimensions.filter((dimension) => isActive(space, dimension, chosen)).map(({ path }) => path);
  expect(active({})).toEqual(["o", "x"]);
  expect(active({ o: 0 })).toEqual(["o", "o.a.m", "x"]);
  expect(active({ o: 1 })).toEqual(["o", "o.b.n", "x"]);
});
