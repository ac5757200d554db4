import { describe, expect, it } from "vitest";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { checkCommand, expandCommand } from "../../src/trial/command-line.ts";

const space = compileSpace({
  lr: hp.loguniform(1e-5, 1e-1),
  batch: hp.choice([16, 32]),
  epochs: 3,
  layers: [hp.uniformint(1, 4), hp.uniformint(1, 4)],
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 0.99) },
    { type: "adam", beta1: hp.uniform(0.8, 0.999) },
  ]),
});
const sgd = { lr: 1e-4, batch: 1, "layers.0": 2, "layers.1": 4, optimizer: 0, "optimizer.sgd.momentum": 0.5 };

describe("expandCommand", () => {
  it("replaces names by values, in any part of an element", () => {
    expect(
      expandCommand(["python", "t.py", "--lr={lr}", "-b{batch}x{epochs}", "{layers.1}"], space, { assignment: sgd }),
    ).toEqual(["python", "t.py", "--lr=0.0001", "-b32x3", "4"]);
  });

  it("knows a param by its path in the params and by that of its dimension", () => {
    const argv = ["x", "{optimizer.sgd.momentum}", "{optimizer.momentum}", "{optimizer.type}", "{optimizer}"];
    expect(expandCommand(argv, space, { assignment: sgd })).toEqual(["x", "0.5", "0.5", "sgd", "sgd"]);
  });

  it("knows a choice inside an option by its path in the params, whatever its options are", () => {
    const inner = hp.choice([{ type: "a", p: hp.uniform(0, 1) }, { type: "b" }]);
    const nested = compileSpace({ outer: hp.choice([{ type: "one", inner }, { type: "two" }]) });
    const argv = ["x", "{outer.inner}", "{outer.one.inner}"];
    checkCommand(argv, nested);
    const assignment = { outer: 0, "outer.one.inner": 1 };
    expect(expandCommand(argv, nested, { assignment })).toEqual(["x", "b", "b"]);
  });

  it("drops an element that names an inactive param, and only that element", () => {
    const argv = ["x", "--momentum={optimizer.momentum}", "--beta1={optimizer.beta1}", "--beta", "{optimizer.beta1}"];
    expect(expandCommand(argv, space, { assignment: sgd })).toEqual(["x", "--momentum=0.5", "--beta"]);
  });

  it("expands {args} to every active param", () => {
    expect(expandCommand(["x", "{args}"], space, { assignment: sgd })).toEqual([
      "x",
      "--lr=0.0001",
      "--batch=32",
      "--layers.0=2",
      "--layers.1=4",
      "--optimizer.type=sgd",
      "--optimizer.momentum=0.5",
    ]);
  });

  it("takes doubled braces literally", () => {
    expect(expandCommand(["x", '{{"lr": {lr}}}', "{{lr}}", "a}b"], space, { assignment: sgd })).toEqual([
      "x",
      '{"lr": 0.0001}',
      "{lr}",
      "a}b",
    ]);
  });

  it("passes spaces, quotes and dollars on as they are", () => {
    const odd = compileSpace({ text: hp.choice(['a b; rm -rf "$HOME" `x`', "'"]) });
    expect(expandCommand(["echo", "{text}"], odd, { assignment: { text: 0 } })).toEqual([
      "echo",
      'a b; rm -rf "$HOME" `x`',
    ]);
  });
});

describe("checkCommand", () => {
  it("accepts names of every branch", () => {
    expect(() => checkCommand(["x", "{optimizer.adam.beta1}", "{optimizer.momentum}", "{args}"], space)).not.toThrow();
  });

  it.each([
    [["x", "{lrr}"], 'command: {lrr} in "{lrr}" is no param of the space (did you mean "lr"?)'],
    [["x", "--all={args}"], 'command: {args} in "--all={args}" is no param of the space; {args} must be an element'],
    [["x", "{lr"], 'command: a brace is never closed in "{lr"'],
    [["x", "{}"], 'command: {} in "{}" is no param of the space'],
    [[], "command: expected a fixed program and then its arguments, received []"],
    [["{args}"], "command: expected a fixed program"],
    [["{batch}"], "command: expected a fixed program"],
  ])("refuses %j", (argv, message) => {
    expect(() => checkCommand(argv, space)).toThrow(message);
    expect(() => checkCommand(argv, space)).toThrow(expect.objectContaining({ code: "SWEEP_INVALID" }));
  });
});
