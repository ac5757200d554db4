import { describe, expect, it } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import { none } from "../../src/pruners/none.ts";
import { auto } from "../../src/samplers/auto/auto.ts";
import { gp } from "../../src/samplers/gp/gp.ts";
import { grid } from "../../src/samplers/grid/grid.ts";
import { qmc } from "../../src/samplers/qmc.ts";
import { random } from "../../src/samplers/random.ts";
import { SAMPLER_NAMES, samplerFrom } from "../../src/samplers/registry.ts";
import { tpe } from "../../src/samplers/tpe/tpe.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { requestOf, StudyHistory } from "../../src/testing/samplers/history.ts";

function errorOf(act: () => unknown): ParzenError {
  try {
    act();
  } catch (error) {
    if (error instanceof ParzenError) return error;
  }
  throw new Error("expected a ParzenError");
}

describe("samplerFrom", () => {
  it.each([
    random(),
    tpe(),
    tpe({ startup: 3, candidates: 5 }),
    tpe({ gamma: 0.5, candidates: 3, startup: 2 }),
    tpe({ hyperopt: true }),
    qmc(),
    grid(),
    grid({ steps: { x: 100 } }),
    tpe({ multivariate: false }),
    gp(),
    gp({ startup: 4 }),
  ])("makes a sampler equal to the one that was written down", (sampler) => {
    const again = samplerFrom(JSON.parse(JSON.stringify({ name: sampler.name, options: sampler.options })));
    expect({ ...again, propose: null }).toEqual({ ...sampler, propose: null });
    const space = compileSpace({ x: hp.uniform(0, 1), n: hp.quniform(0, 10, 3) });
    const history = new StudyHistory(space);
    history.run(sampler, 30);
    expect(again.propose(history.next())).toEqual(sampler.propose(history.next()));
  });

  it("makes of what older studies stored the models that began them", () => {
    const stored = { gamma: 0.25, priorWeight: 1, candidates: 24, startup: 20, hyperopt: false };
    expect(samplerFrom({ name: "tpe", options: stored })).toMatchObject({ version: 1, options: stored });
    expect(tpe({ multivariate: false }).options).toEqual(stored);
    expect(tpe().options).toEqual({ multivariate: true, candidates: 24, startup: 10 });
  });

  it("makes each name with its defaults", () => {
    for (const name of SAMPLER_NAMES) {
      const space = compileSpace({ x: hp.uniform(0, 1) });
      expect(samplerFrom({ name }).name).toBe(name);
      expect(samplerFrom({ name }).propose(requestOf({ space })).kind).toBe("try");
    }
  });

  it.each([
    [
      { name: "tpee" },
      'unknown sampler "tpee" (did you mean "tpe"?)',
      "Samplers are random, tpe, gp, qmc, grid, auto, partial.",
    ],
    [{ name: "bogus" }, 'unknown sampler "bogus"', "Samplers are random, tpe, gp, qmc, grid, auto, partial."],
    [{ name: "qmc", options: { seed: 1 } }, 'qmc: unknown option "seed"', "qmc takes no options."],
    [{ name: "random", options: { seed: 1 } }, 'random: unknown option "seed"', "random takes no options."],
    [
      { name: "tpe", options: { gama: 1 } },
      'tpe: unknown option "gama" (did you mean "gamma"?)',
      "Its options are multivariate, gamma, priorWeight, candidates, startup, hyperopt.",
    ],
    [
      { name: "tpe", options: { multivariate: true, gamma: 0.1, startup: 3 } },
      "tpe: gamma belongs to one model for each dimension",
      "Leave out multivariate, or gamma.",
    ],
    [
      { name: "tpe", options: { multivariate: "yes" } },
      'tpe multivariate: expected true or false, received "yes"',
      undefined,
    ],
    [
      { name: "tpe", options: { candidates: 1e9 } },
      "tpe candidates: expected an integer from 1 to 100000, received 1000000000",
      undefined,
    ],
    [{ name: "tpe", options: { gamma: 0 } }, "tpe gamma: expected a number above 0, received 0", undefined],
    [
      { name: "tpe", options: { priorWeight: "1" } },
      'tpe priorWeight: expected a number above 0, received "1"',
      undefined,
    ],
    [
      { name: "tpe", options: { candidates: 0.5 } },
      "tpe candidates: expected an integer from 1 to 100000, received 0.5",
      undefined,
    ],
    [
      { name: "tpe", options: { startup: -1 } },
      "tpe startup: expected an integer from 1 to 1000, received -1",
      undefined,
    ],
    [
      { name: "tpe", options: { startup: -1, multivariate: false } },
      "tpe startup: expected an integer from 0, received -1",
      undefined,
    ],
    [{ name: "tpe", options: { hyperopt: 1 } }, "tpe hyperopt: expected true or false, received 1", undefined],
    [
      { name: "tpe", options: { startup: 1001 } },
      "tpe startup: expected an integer from 1 to 1000, received 1001",
      undefined,
    ],
    [{ name: "gp", options: { startup: 0 } }, "gp startup: expected an integer from 1 to 1000, received 0", undefined],
  ])("refuses %j", (spec, message, hint) => {
    const error = errorOf(() => samplerFrom(spec));
    expect([error.code, error.message, error.hint]).toEqual(["OPTION_INVALID", message, hint]);
  });
});

it.each([
  ["tpe", tpe],
  ["gp", gp],
  ["grid", grid],
])("%s refuses what is no options, as a caller without types may give it", (name, make) => {
  for (const [given, shown] of [
    [null, "null"],
    ["fast", '"fast"'],
    [[3], "[3]"],
  ] as const) {
    expect(errorOf(() => make(given as object)).message).toBe(
      `${name}: expected its options as an object, received ${shown}`,
    );
  }
});

it.each([
  ["auto", auto],
  ["random", random],
  ["qmc", qmc],
  ["none", none],
])("%s refuses options, as a caller without types may give them", (name, make: (options?: never) => unknown) => {
  expect(() => make({ a: 1 } as never)).toThrow(`${name}: unknown option "a"`);
  expect(() => make("a" as never)).toThrow(`${name}: expected its options as an object, received "a"`);
  expect(make({} as never)).toMatchObject({ name, options: {} });
});
