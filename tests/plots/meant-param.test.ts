import { expect, it } from "vitest";
import { meantParam } from "../../plots/meant-param.ts";
import { compileSpace, hp } from "../../src/index.ts";
import { thrownBy } from "../thrown-by.ts";

const space = compileSpace({
  lr: hp.loguniform(1e-4, 1),
  layers: [hp.uniformint(1, 8), hp.uniformint(1, 8)],
  model: hp.choice([
    { type: "svm", C: hp.loguniform(1e-3, 1e3), kernel: hp.choice(["rbf", "linear"]) },
    { type: "forest", depth: hp.uniformint(1, 8) },
    { type: "boosted", depth: hp.uniformint(1, 8), rate: hp.uniform(0, 1) },
  ]),
  a: { rate: hp.uniform(0, 1) },
});

it.each([
  ["lr", "lr"],
  ["model", "model"],
  ["model.type", "model"],
  ["type", "model"],
  ["model.svm.C", "model.svm.C"],
  ["model.C", "model.svm.C"],
  ["svm.C", "model.svm.C"],
  ["C", "model.svm.C"],
  ["forest.depth", "model.forest.depth"],
  ["model.rate", "model.boosted.rate"],
  ["layers.1", "layers.1"],
  ["1", "layers.1"],
])("takes %s for %s", (name, path) => {
  expect(meantParam(space, name)).toBe(path);
});

it.each([
  ["depth", 'plot: "depth" may be model.forest.depth or model.boosted.depth'],
  ["rate", 'plot: "rate" may be a.rate or model.boosted.rate'],
  ["model.c", 'plot: the space has no param "model.c"'],
  ["svm", 'plot: the space has no param "svm"'],
  ["C.model", 'plot: the space has no param "C.model"'],
  ["", 'plot: the space has no param ""'],
])("does not guess what %s is", (name, message) => {
  expect(thrownBy(() => meantParam(space, name))).toMatchObject({
    code: "OPTION_INVALID",
    message,
    hint: expect.any(String),
  });
});
