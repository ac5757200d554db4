import { describe, expect, it } from "vitest";
import { hp } from "../../src/space/hp.ts";
import { thrownBy } from "../thrown-by.ts";

describe("builders with wrong arguments", () => {
  it("fail where they are called, before there is a path", () => {
    expect(thrownBy(() => hp.uniform(1, 0))).toMatchObject({
      path: "",
      message: "space: expected uniform [low, high] with low < high, received [1,0]",
      hint: "Swap them: [0, 1].",
    });
    expect(thrownBy(() => hp.loguniform(-5, -1))).toMatchObject({
      hint: "Bounds of log kinds are natural values, not logarithms.",
    });
    expect(thrownBy(() => hp.randint(0))).toMatchObject({ expected: expect.stringContaining("randint [upper] or") });
    const labelled = hp.uniform as (...args: readonly unknown[]) => unknown; // as Hyperopt has it
    expect(thrownBy(() => labelled("lr", 0, 1))).toMatchObject({
      received: ["lr", 0, 1],
      hint: "There are no labels: a param is named by its key, as in { lr: hp.uniform(0, 1) }.",
    });
    expect(thrownBy(() => labelled("lr", 1))).toMatchObject({
      hint: "There are no labels: a param is named by its key, as in { lr: hp.uniform(low, high) }.",
    });
    expect(thrownBy(() => labelled("0", 1))).toMatchObject({ hint: undefined });
    expect(thrownBy(() => labelled("1_000", "2_000"))).toMatchObject({ hint: undefined }); // a number of YAML 1.1
  });

  it.each<[keyof typeof hp, readonly unknown[], string, string | undefined]>([
    [
      "uniform",
      [0, 1, 0.1],
      "uniform [low, high] of finite numbers",
      "With steps of 0.1 it is hp.quniform(0, 1, 0.1).",
    ],
    [
      "uniformint",
      [0, 8, 2],
      "uniformint [low, high] of finite numbers",
      "With steps of 2 it is hp.quniform(0, 8, 2).",
    ],
    ["loguniform", [1, 8, 1], "loguniform [low, high] of", "With steps of 1 it is hp.qloguniform(1, 8, 1)."],
    ["normal", [0, 1, 0.5], "normal [mu, sigma] of", "With steps of 0.5 it is hp.qnormal(0, 1, 0.5)."],
    ["quniform", [0, 1, 0.1, 7], "quniform [low, high, q] of", undefined],
    ["randint", [0, 8, 2], "randint [low, upper] of", undefined],
    ["uniform", [0, 1, "log"], "uniform [low, high] of", undefined],
    ["uniform", [[0, 1]], "uniform [low, high] of", "The numbers are given one by one: hp.uniform(0, 1)."],
    ["choice", [], "choice of a list with at least one option", undefined],
    ["choice", ["act", ["a", "b"]], "choice of one list of options", noLabel("act", "choice")],
    ["choice", ["a", "b", "c"], "choice of one list of options", 'Write hp.choice(["a","b","c"]).'],
    ["choice", [["a"], ["b"]], "choice of one list of options", 'Write hp.choice([["a"],["b"]]).'],
    ["pchoice", ["act", [[1, "a"]]], "pchoice of one list of [probability, option] pairs", noLabel("act", "pchoice")],
  ])("hp.%s%j: nothing that it is given goes unheard", (kind, given, expected, hint) => {
    const build = hp[kind] as (...args: readonly unknown[]) => unknown; // a caller without types
    const error = thrownBy(() => build(...given));
    expect(error).toMatchObject({ name: "SpaceError", expected: expect.stringContaining(expected), hint });
  });
});

function noLabel(label: string, kind: string): string {
  return `There are no labels: a param is named by its key, as in { ${label}: hp.${kind}([...]) }.`;
}
