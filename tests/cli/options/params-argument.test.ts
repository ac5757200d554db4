import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readParams } from "../../../cli/options/params-argument.ts";
import { flatParams } from "../../../cli/render/params.ts";
import { compileSpace, decode, encode, hp, ParzenError } from "../../../src/index.ts";
import { stream } from "../../../src/random/stream.ts";
import { draw, taggedSpace } from "../../space/arbitrary.ts";
import { thrownBy } from "../../thrown-by.ts";

const space = compileSpace({
  lr: hp.loguniform(1e-4, 1),
  epochs: 5,
  data: { name: "digits", folds: hp.randint(2, 5) },
  layers: [hp.choice([16, 32]), 8],
  activation: hp.choice(["relu", "tanh"]),
  head: hp.choice([{ type: "none" }, { type: "dense", units: [hp.quniform(8, 64, 8), 4] }]),
  skip: hp.choice([true, false, null]),
});
const pairs = ["lr=0.01", "data.folds=3", "layers.0=16", "activation=relu", "head.type=none", "skip=null"];

describe("params on a command line", () => {
  it("are pairs by path, constants of the space filled in", () => {
    expect(readParams(space, pairs)).toEqual({
      lr: 0.01,
      epochs: 5,
      data: { name: "digits", folds: 3 },
      layers: [16, 8],
      activation: "relu",
      head: { type: "none" },
      skip: null,
    });
  });

  it("are one JSON object, taken as it is", () => {
    expect(readParams(space, [' {"lr": 0.5}'])).toEqual({ lr: 0.5 });
  });

  it("fill in constants inside the option that was chosen", () => {
    const words = [...pairs.filter((pair) => !pair.startsWith("head")), "head.type=dense", "head.units.0=16"];
    expect(readParams(space, words)).toMatchObject({ head: { type: "dense", units: [16, 4] } });
  });

  it("are named by either of their paths, where the second says which option is chosen", () => {
    const nested = compileSpace({
      optimizer: hp.choice([
        { type: "sgd", momentum: hp.uniform(0, 1) },
        {
          type: "nag",
          momentum: hp.uniform(0, 1),
          warmup: hp.choice([{ kind: "none" }, { kind: "steps", n: hp.randint(9) }]),
        },
      ]),
    });
    const nag = { type: "nag", momentum: 0.5 };
    expect(readParams(nested, ["optimizer=nag", "optimizer.momentum=0.5"])).toEqual({ optimizer: nag });
    expect(readParams(nested, ['optimizer={"type":"nag","momentum":0.5}'])).toEqual({ optimizer: nag });
    expect(readParams(nested, ["optimizer.nag.momentum=0.5"])).toEqual({ optimizer: nag });
    expect(readParams(nested, ["optimizer.type=nag", "optimizer.nag.momentum=0.5"])).toEqual({ optimizer: nag });
    expect(readParams(nested, ["optimizer.nag.momentum=0.5", "optimizer.type=nag"])).toEqual({ optimizer: nag });
    expect(readParams(nested, ["optimizer.nag.warmup.steps.n=3"])).toEqual({
      optimizer: { type: "nag", warmup: { kind: "steps", n: 3 } },
    });
    const both = ["optimizer.nag.momentum=0.5", "optimizer.sgd.momentum=0.5"];
    expect(() => readParams(nested, both)).toThrow(/optimizer\.sgd\.momentum=0\.5 gives what another pair gave/);
  });

  it("do not choose between options that have what is given", () => {
    const shared = compileSpace({
      optimizer: hp.choice([
        { type: "sgd", momentum: hp.uniform(0, 1) },
        { type: "nag", momentum: hp.uniform(0, 1), decay: hp.uniform(0, 1) },
      ]),
    });
    expect(readParams(shared, ["optimizer.momentum=0.5"])).toEqual({ optimizer: { momentum: 0.5 } });
    expect(readParams(shared, ["optimizer.decay=0.5"])).toEqual({ optimizer: { type: "nag", decay: 0.5 } });
  });

  it("are refused by the path of a branch that nothing in params tells from another", () => {
    const plain = compileSpace({
      widths: hp.choice([[hp.uniformint(4, 64)], [hp.uniformint(4, 64), hp.uniformint(4, 64)]]),
      block: hp.choice([{ width: hp.uniform(0, 1) }, { width: hp.uniform(0, 1), depth: hp.randint(9) }]),
    });
    expect(readParams(plain, ["widths.1.1=8", "block.1.depth=2"])).toMatchObject({ block: { depth: 2 } });
    for (const [word, place] of [
      ["widths.1.0=8", "widths.0"],
      ["block.1.width=0.5", "block.width"],
    ] as const) {
      expect(thrownBy(() => readParams(plain, [word]))).toMatchObject({
        code: "PARAMS_INVALID",
        message: `params: ${word}: ${place} says nothing of the option that is meant, and several have it`,
        hint: `Write ${place}, and with it what only that option has.`,
      });
    }
  });

  it("may be written as arguments of a program, as `best --format args` prints them", () => {
    expect(
      readParams(
        space,
        pairs.map((pair) => `--${pair}`),
      ),
    ).toEqual(readParams(space, pairs));
  });

  it.each([
    ["lr", /expected path=value or one JSON object, received lr/],
    ["=1", /expected path=value/],
    ['{"lr":', /this is not JSON/],
  ])("are refused where they are neither: %s", (word, message) => {
    expect(() => readParams(space, [word])).toThrow(ParzenError);
    expect(() => readParams(space, [word])).toThrow(message);
  });

  it("are refused where a pair contradicts another", () => {
    expect(() => readParams(space, ["lr=1", "lr=2"])).toThrow(/lr=2 gives what another pair gave/);
    expect(() => readParams(space, ["head=1", "head.type=none"])).toThrow(/head.type=none gives what another/);
  });

  it("that a table shows lead back to their assignment", () => {
    fc.assert(
      fc.property(taggedSpace, fc.integer(), (source, seed) => {
        const any = compileSpace(source);
        const assignment = draw(any, stream(seed));
        const words = flatParams(any, decode(any, assignment)).map(
          ([path, value]) => `${path}=${JSON.stringify(value)}`,
        );
        expect(encode(any, readParams(any, words))).toEqual(assignment);
      }),
    );
  });

  it("do not reach the prototype", () => {
    readParams(space, ["__proto__.polluted=1"]);
    expect({}).not.toHaveProperty("polluted");
  });
});
