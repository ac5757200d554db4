import { describe, expect, it } from "vitest";
import { columnOf, columnsOf } from "../../../cli/trials/fields.ts";
import { compileSpace, hp } from "../../../src/index.ts";
import { thrownBy } from "../../thrown-by.ts";

const space = compileSpace({
  lr: hp.loguniform(1e-4, 1),
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 1), decay: hp.uniform(0, 1) },
    { type: "nag", momentum: hp.uniform(0, 1) },
    { type: "adam" },
  ]),
  block: hp.choice([{ width: hp.uniformint(1, 8) }, { depth: hp.uniformint(1, 8) }]),
  act: hp.choice(["relu", "tanh"]),
});
const fields = new Map([
  ["params.lr", 0.1],
  ["metrics.accuracy", 0.5],
  ["metrics.decay", 1],
]);
const columns = columnsOf([{ fields }], { metric: "loss", direction: "minimize" }, space);

describe("a column", () => {
  it.each([
    ["lr", "params.lr"],
    ["accuracy", "metrics.accuracy"],
    ["optimizer.type", "params.optimizer.type"],
    ["optimizer", "params.optimizer.type"],
    ["optimizer.momentum", "params.optimizer.momentum"],
    ["momentum", "params.optimizer.momentum"],
    ["optimizer.sgd.decay", "params.optimizer.decay"],
    ["sgd.decay", "params.optimizer.decay"],
    ["decay", "metrics.decay"],
    ["width", "params.block.width"],
    ["act", "params.act"],
  ])("is meant by %s, though no trial may have it", (typed, column) => {
    expect(columnOf(typed, columns)).toBe(column);
  });

  it.each(["optimizer.sgd.momentum", "nag.momentum", "mommentum", "block"])("is not guessed from %s", (typed) => {
    expect(thrownBy(() => columnOf(typed, columns))).toMatchObject({
      code: "OPTION_INVALID",
      message: expect.stringContaining(`there is no column "${typed}"`),
      hint: expect.stringMatching(/^Columns: number, .*params\.block\.depth/),
    });
  });
});
