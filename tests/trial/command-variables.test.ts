import { describe, expect, it } from "vitest";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { sharedVariable, variableOf } from "../../src/trial/command-variables.ts";

const x = hp.uniform(0, 1);

it("a variable is named by the path in the params", () => {
  expect(variableOf("optimizer.beta-1")).toBe("PARZEN_PARAM_OPTIMIZER_BETA_1");
});

describe("sharedVariable", () => {
  it.each([
    [{ "a-b": x, a_b: x }, ["a-b", "a_b"]],
    [{ lr: x, LR: x }, ["lr", "LR"]],
    [{ a: { b: x }, a_b: x }, ["a.b", "a_b"]],
    [{ a: [x, x], a_1: x }, ["a.1", "a_1"]],
    [{ a_k: x, a: hp.choice([{ k: 1 }, { l: 2 }]) }, ["a_k", "a.k"]],
    [{ a: hp.choice([{ "b-c": x, b_c: x }, { d: x }]) }, ["a.b-c", "a.b_c"]],
    [{ é: x, è: hp.choice([1, 2]) }, ["é", "è"]],
  ])("of %j are %j", (space, paths) => {
    expect(sharedVariable(compileSpace(space))).toEqual(paths);
  });

  it.each([
    [{ ab: x, a_b: x, a: x }],
    [{ "a-b": x, a_b: 3 }], // a constant is no variable
    [{ a: hp.choice([{ "b-c": x }, { b_c: x }]) }], // never in one trial
    [{ a: hp.choice([{ b: x }, { b: x, c: 1 }]) }], // one path in two options
  ])("of %j are none", (space) => {
    expect(sharedVariable(compileSpace(space))).toBeNull();
  });
});
