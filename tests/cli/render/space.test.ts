import { expect, it } from "vitest";
import { sizeText, spaceTable } from "../../../cli/render/space.ts";
import { compileSpace } from "../../../src/space/compile.ts";
import { hp } from "../../../src/space/hp.ts";

it.each([
  [hp.choice(["only"]), "1 configuration"],
  [hp.uniformint(1, 2000), "2,000 configurations"],
  [hp.uniform(0, 1), "infinitely many configurations"],
])("says how large a space is", (x, text) => {
  expect(sizeText(compileSpace({ x }))).toBe(text);
});

it("tells what each param is drawn from, what is the same in all trials, and under which option", () => {
  const space = {
    lr: hp.uniform(0, 1),
    rate: { min: 0, max: 1 },
    bias: true,
    sizes: [8, hp.choice([16, 32])],
    optimizer: hp.choice([{ type: "sgd", momentum: hp.uniform(0, 0.9), steps: [1, 2] }, { type: "adam" }]),
    hidden: hp.choice([[64, 32], [128]]),
  };
  const rows = spaceTable(compileSpace(space)).split("\n");
  expect(rows.map((row) => row.trim().split(/ {2,}/))).toEqual([
    ["param", "values", "active"],
    ["lr", "uniform(0, 1)"],
    ["rate", 'constant {"min":0,"max":1}'],
    ["bias", "constant true"],
    ["sizes.0", "constant 8"],
    ["sizes.1", "16 | 32"],
    ["optimizer", "sgd | adam"],
    ["optimizer.sgd.momentum", "uniform(0, 0.9)", "with optimizer = sgd"],
    ["optimizer.sgd.steps", "constant [1,2]", "with optimizer = sgd"],
    ["hidden", "0 | 1"],
    ["hidden.0", "constant [64,32]", "with hidden = 0"],
    ["hidden.1", "constant [128]", "with hidden = 1"],
  ]);
});
