import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse, stringify } from "yaml";
import { stream } from "../../src/random/stream.ts";
import { checkAssignment } from "../../src/space/assignment.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { decode } from "../../src/space/decode.ts";
import { encode } from "../../src/space/encode.ts";
import { flatten } from "../../src/space/flatten.ts";
import { hp } from "../../src/space/hp.ts";
import { thrownBy } from "../thrown-by.ts";
import { anySpace, draw, taggedSpace } from "./arbitrary.ts";

const RUNS = { numRuns: 100 };

const space = compileSpace({
  lr: hp.loguniform(1e-5, 1e-1),
  epochs: 20,
  batchSize: hp.choice([16, 32, 64]),
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 0.99), nesterov: hp.choice([true, false]) },
    { type: "adam", betas: [hp.uniform(0.8, 0.95), 0.999] },
  ]),
  layers: hp.choice([[hp.uniformint(8, 64)], [hp.uniformint(8, 64), hp.uniformint(8, 64)]]),
  dropout: hp.quniform(0, 0.5, 0.1),
});

const sgd = {
  lr: 0.01,
  epochs: 20,
  batchSize: 32,
  optimizer: { type: "sgd", momentum: 0.9, nesterov: false },
  layers: [32, 16],
  dropout: 0.3,
};

describe("encode and decode", () => {
  it("turn params into an assignment and back", () => {
    const assignment = encode(space, sgd);
    expect(assignment).toEqual({
      lr: 0.01,
      batchSize: 1,
      optimizer: 0,
      "optimizer.sgd.momentum": 0.9,
      "optimizer.sgd.nesterov": 1,
      layers: 1,
      "layers.1.0": 32,
      "layers.1.1": 16,
      dropout: 0.3,
    });
    expect(decode(space, assignment)).toEqual(sgd);
  });

  it("keep the order in which the space was written", () => {
    expect(Object.keys(decode(space, encode(space, sgd)) as object)).toEqual(Object.keys(space.source));
  });

  it("round a quantized value to its grid", () => {
    expect(encode(space, { ...sgd, dropout: 0.1 + 0.2 })).toEqual(encode(space, sgd));
  });

  it("share nothing with the space", () => {
    const params = decode(space, encode(space, { ...sgd, optimizer: { type: "adam", betas: [0.9, 0.999] } }));
    (params as { optimizer: { betas: number[] } }).optimizer.betas.push(1);
    expect(decode(space, encode(space, { ...sgd, optimizer: { type: "adam", betas: [0.9, 0.999] } }))).not.toEqual(
      params,
    );
  });
});

describe("encode and decode are inverse", () => {
  it("for every assignment of a space whose choices are tagged or of literals", () => {
    fc.assert(
      fc.property(taggedSpace, fc.nat(), (source, seed) => {
        const compiled = compileSpace(source);
        const assignment = draw(compiled, stream(seed));
        checkAssignment(compiled, assignment);
        expect(encode(compiled, decode(compiled, assignment))).toEqual(assignment);
      }),
      RUNS,
    );
  });

  it("for the params of every space, also through JSON and YAML", () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (source, seed) => {
        const compiled = compileSpace(source);
        const params = decode(compiled, draw(compiled, stream(seed)));
        const again = encode(compiled, params);
        checkAssignment(compiled, again);
        expect(decode(compiled, again)).toEqual(params);
        expect(encode(compiled, JSON.parse(JSON.stringify(params)))).toEqual(again);
        expect(encode(compiled, parse(stringify(params)))).toEqual(again);
      }),
      RUNS,
    );
  });

  it("for spaces that went through JSON and YAML themselves", () => {
    fc.assert(
      fc.property(anySpace, (source) => {
        expect(compileSpace(JSON.parse(JSON.stringify(source)))).toEqual(compileSpace(source));
        expect(compileSpace(parse(stringify(source)))).toEqual(compileSpace(source));
      }),
      RUNS,
    );
  });
});

describe("flatten", () => {
  it("names values by their path in the params and leaves constants out", () => {
    expect(flatten(space, encode(space, sgd))).toEqual([
      ["lr", 0.01],
      ["batchSize", 32],
      ["optimizer.type", "sgd"],
      ["optimizer.momentum", 0.9],
      ["optimizer.nesterov", false],
      ["layers.0", 32],
      ["layers.1", 16],
      ["dropout", 0.3],
    ]);
  });

  it("has a row for each active dimension that is no choice", () => {
    fc.assert(
      fc.property(anySpace, fc.nat(), (source, seed) => {
        const compiled = compileSpace(source);
        const assignment = draw(compiled, stream(seed));
        const numbers = compiled.dimensions.filter(
          (d) => d.path in assignment && !d.distribution.kind.endsWith("choice"),
        );
        const rows = flatten(compiled, assignment);
        expect(rows.length).toBeGreaterThanOrEqual(numbers.length);
        expect(new Set(rows.map(([path]) => path)).size).toBe(rows.length);
      }),
      RUNS,
    );
  });
});

const { dropout: _, ...withoutDropout } = sgd;
const adam = { type: "adam", betas: [0.9, 0.999] };
const KEYS = "lr, epochs, batchSize, optimizer, layers, dropout";
const WRONG: readonly (readonly [what: string, params: unknown, path: string, expected: string, received: unknown])[] =
  [
    ["no object", 3, "", `an object of ${KEYS}`, 3],
    ["a list", [], "", `an object of ${KEYS}`, []],
    ["a missing key", { ...sgd, lr: undefined }, "lr", "a number from 0.00001 to 0.1", undefined],
    ["an unknown key", { ...sgd, foo: 1 }, "foo", `no such param (there are ${KEYS})`, 1],
    ["a misspelt key", { ...withoutDropout, dropuot: 1 }, "dropuot", 'no such param (did you mean "dropout"?)', 1],
    ["text for a number", { ...sgd, lr: "0.1" }, "lr", "a number from 0.00001 to 0.1", "0.1"],
    ["NaN", { ...sgd, lr: Number.NaN }, "lr", "a number from 0.00001 to 0.1", Number.NaN],
    ["a number out of bounds", { ...sgd, lr: 1 }, "lr", "a number from 0.00001 to 0.1", 1],
    ["a number off the grid", { ...sgd, dropout: 0.25 }, "dropout", "a multiple of 0.1 from 0 to 0.5", 0.25],
    ["another constant", { ...sgd, epochs: 21 }, "epochs", "20", 21],
    ["no such literal", { ...sgd, batchSize: 33 }, "batchSize", "one of 16, 32, 64", 33],
    ["a literal as text", { ...sgd, batchSize: "32" }, "batchSize", "one of 16, 32, 64", "32"],
    ["no branch", { ...sgd, optimizer: "sgd" }, "optimizer", 'an object with "type": sgd or adam', "sgd"],
    ["no tag", { ...sgd, optimizer: {} }, "optimizer.type", 'one of "sgd", "adam"', undefined],
    [
      "a wrong tag",
      { ...sgd, optimizer: { type: "adm" } },
      "optimizer.type",
      'one of "sgd", "adam" (did you mean "adam"?)',
      "adm",
    ],
    [
      "deep in a branch",
      { ...sgd, optimizer: { ...sgd.optimizer, momentum: 2 } },
      "optimizer.momentum",
      "a number from 0 to 0.99",
      2,
    ],
    [
      "a key of another branch",
      { ...sgd, optimizer: { ...adam, momentum: 0.5 } },
      "optimizer.momentum",
      "no such param (there are type, betas)",
      0.5,
    ],
    [
      "in a list",
      { ...sgd, optimizer: { ...adam, betas: [0.7, 0.999] } },
      "optimizer.betas.0",
      "a number from 0.8 to 0.95",
      0.7,
    ],
    [
      "a list too long",
      { ...sgd, optimizer: { ...adam, betas: [0.9, 1, 2] } },
      "optimizer.betas",
      "a list of 2 items",
      [0.9, 1, 2],
    ],
    ["untagged, nearest option", { ...sgd, layers: [7] }, "layers.0", "an integer from 8 to 64", 7],
    ["untagged, no option", { ...sgd, layers: 7 }, "layers", "a list of 1 item, or a list of 2 items", 7],
  ];

describe("encode says what is wrong with", () => {
  it.each(WRONG)("%s", (_what, params, path, expected, received) => {
    expect(thrownBy(() => encode(space, params))).toMatchObject({ code: "PARAMS_INVALID", path, expected, received });
  });
});

describe("decode refuses", () => {
  it("an active dimension without a value", () => {
    expect(() => decode(space, { lr: 0.1 })).toThrow("batchSize: missing, expected the index of one of 3 options");
  });

  it("an option that is not there", () => {
    const assignment = { ...encode(space, sgd), optimizer: 2 };
    expect(() => decode(space, assignment)).toThrow("optimizer: expected the index of one of 2 options, received 2");
  });
});

it("names the first ten keys of many", () => {
  const keys = Array.from({ length: 12 }, (_, index) => `lr${index}`);
  const wide = compileSpace(Object.fromEntries(keys.map((key) => [key, hp.uniform(0, 1)])));
  const params = Object.fromEntries(keys.map((key) => [key, 0.5]));
  expect(() => encode(wide, { ...params, y: 1 })).toThrow(/\(there are lr0, .*, lr9 and 2 more\), received 1$/);
});

it("suggests no word that shares no letter with what was given, nor the only one there is", () => {
  const small = compileSpace({ x: hp.uniform(0, 1), o: hp.choice(["adam"]), p: hp.choice(["q", "r"]) });
  const given = { x: 0.5, o: "adam", p: "q" };
  expect(() => encode(small, { ...given, y: 1 })).toThrow("y: expected no such param (there are x, o, p), received 1");
  expect(() => encode(small, { ...given, o: "adan" })).toThrow('o: expected "adam", received "adan"');
  expect(() => encode(small, { ...given, p: "s" })).toThrow('p: expected one of "q", "r", received "s"');
});

it("takes a compiled space, and says so to who gives the space itself", () => {
  const space = { x: hp.uniform(0, 1) };
  const expected = "a space of compileSpace(space)";
  const refused = expect.objectContaining({ name: "SpaceError", code: "SPACE_INVALID", expected, received: space });
  expect(() => encode(space as never, { x: 0.5 })).toThrow(refused);
  expect(() => decode(space as never, { x: 0.5 })).toThrow(refused);
  expect(() => decode(compileSpace(space), undefined as never)).toThrow(
    expect.objectContaining({ code: "PARAMS_INVALID", message: "params: expected an assignment, received nothing" }),
  );
});
