import { describe, expect, it } from "vitest";
import { compileSpace } from "../../src/space/compile.ts";
import { hp } from "../../src/space/hp.ts";
import { thrownBy } from "../thrown-by.ts";

const paths = (space: unknown): readonly string[] => compileSpace(space).dimensions.map(({ path }) => path);

describe("paths", () => {
  it("name a dimension by its keys, items of lists by their index", () => {
    expect(paths({ b: { c: hp.uniform(0, 1) }, a: [1, hp.uniform(0, 1), { d: hp.uniform(0, 1) }] })).toEqual([
      "a.1",
      "a.2.d",
      "b.c",
    ]);
  });

  it("name a branch by type, kind or name first", () => {
    const x = hp.uniform(0, 1);
    expect(
      paths({
        o: hp.choice([
          { alpha: "p", type: "sgd", x },
          { alpha: "q", type: "adam", x },
        ]),
      }),
    ).toEqual(["o", "o.sgd.x", "o.adam.x"]);
    expect(
      paths({
        o: hp.choice([
          { alpha: "p", kind: "u", x },
          { alpha: "q", kind: "v", x },
        ]),
      }),
    ).toEqual(["o", "o.u.x", "o.v.x"]);
    expect(
      paths({
        o: hp.choice([
          { alpha: "p", name: 1, x },
          { alpha: "q", name: 2, x },
        ]),
      }),
    ).toEqual(["o", "o.1.x", "o.2.x"]);
  });

  it("name it by another key whose literals differ, by index without one", () => {
    const x = hp.uniform(0, 1);
    expect(
      paths({
        o: hp.choice([
          { beta: 1, alpha: "p", x },
          { beta: 1, alpha: "q", x },
        ]),
      }),
    ).toEqual(["o", "o.p.x", "o.q.x"]);
    expect(
      paths({
        o: hp.choice([
          { beta: 1, x },
          { beta: 1, y: x },
        ]),
      }),
    ).toEqual(["o", "o.0.x", "o.1.y"]);
    expect(paths({ o: hp.choice([3, { x }]) })).toEqual(["o", "o.1.x"]);
    expect(paths({ o: hp.choice([x, hp.uniform(2, 3)]) })).toEqual(["o", "o.0", "o.1"]);
  });

  it.each([
    ["are the same as text", 1, "1"],
    ["hold a dot", "a.b", "c"],
    ["are empty", "", "c"],
    ["are no literals", { deep: 1 }, "c"],
  ])("do not take literals that %s", (_what, left, right) => {
    const x = hp.uniform(0, 1);
    expect(
      paths({
        o: {
          choice: [
            { type: left, x },
            { type: right, x },
          ],
        },
      }),
    ).toEqual(["o", "o.0.x", "o.1.x"]);
  });

  it("nest", () => {
    const inner = hp.choice([{ kind: "none" }, { kind: "linear", steps: hp.uniformint(1, 9) }]);
    const { dimensions } = compileSpace({ o: hp.choice([{ type: "a" }, { type: "b", w: inner }]) });
    expect(dimensions.map(({ path, condition }) => [path, condition])).toEqual([
      ["o", null],
      ["o.b.w", { dimension: 0, option: 1 }],
      ["o.b.w.linear.steps", { dimension: 1, option: 1 }],
    ]);
  });

  it("do not depend on the order of keys", () => {
    const one = compileSpace({
      a: hp.uniform(0, 1),
      o: hp.choice([{ type: "s", m: hp.uniform(0, 1), n: hp.normal(0, 1) }, 3]),
    });
    const two = compileSpace({
      o: hp.choice([{ n: hp.normal(0, 1), m: hp.uniform(0, 1), type: "s" }, 3]),
      a: hp.uniform(0, 1),
    });
    expect(two.dimensions).toEqual(one.dimensions);
  });
});

it("makes params of a node wherever the nodes came from", () => {
  expect(compileSpace({ x: { uniform: [0, 1] } })).toEqual(compileSpace({ x: hp.uniform(0, 1) }));
  expect(compileSpace(Object.assign(Object.create(null), { x: hp.uniform(0, 1) })).dimensions).toHaveLength(1);
});

const U = { uniform: [0, 1] };
const ROOT = "an object of named params such as { x: hp.uniform(0, 1) }";
const VALUE = "an object, list, finite number, string, boolean, null or node";
const RANDINT = "randint [upper] or [low, upper] with integers and low < upper";
const PAIRS = "pchoice of [probability, option] pairs, probability from 0 to 1";

const WRONG: readonly (readonly [what: string, space: unknown, path: string, expected: string, received: unknown])[] = [
  ["a number", 3, "", ROOT, 3],
  ["null", null, "", ROOT, null],
  ["a list", [U], "", ROOT, [U]],
  ["a node as root", U, "", ROOT, U],
  ["nothing to search", { a: 1 }, "", "at least one hp node such as { uniform: [0, 1] }", { a: 1 }],
  ["undefined", { a: undefined, x: U }, "a", VALUE, undefined],
  ["NaN as constant", { a: Number.NaN, x: U }, "a", VALUE, Number.NaN],
  ["infinity in a list", { a: [1, Number.POSITIVE_INFINITY], x: U }, "a.1", VALUE, Number.POSITIVE_INFINITY],
  ["a bigint", { a: 1n, x: U }, "a", VALUE, 1n],
  ["a date", { a: new Date(0), x: U }, "a", VALUE, new Date(0)],
  ["a dot in a key", { "a.b": U }, "a.b", "a key without dots that is not empty", "a.b"],
  ["an empty key", { a: { "": U } }, "a.", "a key without dots that is not empty", ""],
  [
    "__proto__",
    JSON.parse('{"a":{"__proto__":{"uniform":[0,1]}}}'),
    "a.__proto__",
    "a key other than __proto__",
    "__proto__",
  ],
  [
    "a node with another key",
    { a: { uniform: [0, 1], q: 1 } },
    "a.uniform",
    '"uniform" alone in its object, as a node',
    ["uniform", "q"],
  ],
  ["a kind as a name", { choice: U, x: U }, "choice", '"choice" alone in its object, as a node', ["choice", "x"]],
  ["a misspelt kind", { a: { unifrom: [0, 1] } }, "a", 'a known kind of node (did you mean "uniform"?)', "unifrom"],
  ["too few arguments", { a: { uniform: [0] } }, "a", "uniform [low, high] of finite numbers", [0]],
  ["too many arguments", { a: { loguniform: [1, 2, 3] } }, "a", "loguniform [low, high] of finite numbers", [1, 2, 3]],
  ["no list of arguments", { a: { normal: 3 } }, "a", "normal [mu, sigma] of finite numbers", 3],
  ["text as bound", { a: { uniform: ["0", 1] } }, "a", "uniform [low, high] of finite numbers", ["0", 1]],
  ["NaN as bound", { a: { uniform: [0, Number.NaN] } }, "a", "uniform [low, high] of finite numbers", [0, Number.NaN]],
  ["swapped bounds", { a: { uniform: [1, 0] } }, "a", "uniform [low, high] with low < high", [1, 0]],
  ["equal bounds", { a: { quniform: [1, 1, 1] } }, "a", "quniform [low, high] with low < high", [1, 1]],
  [
    "bounds too far apart",
    { a: { uniform: [-1.7e308, 1.7e308] } },
    "a",
    "uniform bounds whose difference is finite",
    [-1.7e308, 1.7e308],
  ],
  [
    "a grid of cells that are too far apart",
    { a: { qloguniform: [1.1e308, 1.7e308, 1.2e308] } },
    "a",
    "qloguniform bounds whose difference is finite, half a q beyond each of them too",
    [1.1e308, 1.7e308, 1.2e308],
  ],
  ["a log kind from 0", { a: { loguniform: [0, 1] } }, "a", "loguniform bounds above 0", [0, 1]],
  ["a logarithm as bound", { a: { qloguniform: [-3, 1, 1] } }, "a", "qloguniform bounds above 0", [-3, 1]],
  ["fractions", { a: { uniformint: [0.5, 3] } }, "a", "uniformint bounds that are integers", [0.5, 3]],
  [
    "integers that are not told apart",
    { a: { uniformint: [0, 2 ** 60] } },
    "a",
    "uniformint bounds less than 2^53 from 0",
    [0, 2 ** 60],
  ],
  ["a randint of them", { a: { randint: [2 ** 53] } }, "a", "randint bounds less than 2^53 from 0", [0, 2 ** 53]],
  ["a hole in a list", { b: Array(1), x: U }, "b.0", VALUE, undefined],
  ["a hole among options", { a: { choice: Object.assign(Array(2), { 1: 3 }) } }, "a.0", VALUE, undefined],
  ["a hole among pairs", { a: { pchoice: Object.assign(Array(2), { 1: [1, 3] }) } }, "a", PAIRS, undefined],
  ["q of 0", { a: { quniform: [0, 1, 0] } }, "a", "quniform q above 0", 0],
  ["a negative q", { a: { qnormal: [0, 1, -1] } }, "a", "qnormal q above 0", -1],
  [
    "no multiple of q",
    { a: { quniform: [0.1, 0.4, 0.5] } },
    "a",
    "quniform bounds with a multiple of q between them",
    [0.1, 0.4, 0.5],
  ],
  [
    "too fine a grid",
    { a: { quniform: [0, 1e9, 1e-9] } },
    "a",
    "quniform bounds at most 1e13 steps of q from 0",
    [0, 1e9, 1e-9],
  ],
  ["sigma of 0", { a: { lognormal: [0, 0] } }, "a", "lognormal sigma above 0", 0],
  ["a missing q", { a: { qlognormal: [0, 1] } }, "a", "qlognormal [mu, sigma, q] of finite numbers", [0, 1]],
  ["randint of nothing", { a: { randint: [0] } }, "a", RANDINT, [0]],
  ["randint of a fraction", { a: { randint: [1.5] } }, "a", RANDINT, [1.5]],
  ["randint of an empty range", { a: { randint: [3, 3] } }, "a", RANDINT, [3, 3]],
  ["no options", { a: { choice: [] } }, "a", "choice of a list with at least one option", []],
  ["options by name", { a: { choice: { x: 1 } } }, "a", "choice of a list with at least one option", { x: 1 }],
  ["an option given twice", { a: { choice: [16, 32, 16] } }, "a", "options that differ (0 and 2 are the same)", 16],
  [
    "an option given twice in another order",
    {
      a: {
        choice: [
          { b: 1, c: U },
          { c: U, b: 1 },
        ],
      },
    },
    "a",
    "options that differ (0 and 1 are the same)",
    { b: 1, c: U },
  ],
  ["no pairs", { a: { pchoice: ["x", "y"] } }, "a", PAIRS, "x"],
  [
    "a negative probability",
    {
      a: {
        pchoice: [
          [-0.5, "x"],
          [1.5, "y"],
        ],
      },
    },
    "a",
    PAIRS,
    [-0.5, "x"],
  ],
  [
    "probabilities of 0.9",
    {
      a: {
        pchoice: [
          [0.5, "x"],
          [0.4, "y"],
        ],
      },
    },
    "a",
    "pchoice probabilities that sum to 1",
    0.9,
  ],
  [
    "swapped bounds in a branch",
    { o: { choice: [{ type: "sgd", m: { uniform: [1, 0] } }, { type: "adam" }] } },
    "o.sgd.m",
    "uniform [low, high] with low < high",
    [1, 0],
  ],
  [
    "a wrong node in a list of an option",
    { o: { choice: [3, { m: [U, { loguniform: [0, 1] }] }] } },
    "o.1.m.1",
    "loguniform bounds above 0",
    [0, 1],
  ],
];

describe("a wrong space fails at definition, naming path, expected and received:", () => {
  it.each(WRONG)("%s", (_what, space, path, expected, received) => {
    const error = thrownBy(() => compileSpace(space));
    expect(error).toMatchObject({ name: "SpaceError", code: "SPACE_INVALID", path, expected });
    expect((error as { received: unknown }).received).toEqual(received);
    expect((error as Error).message).toContain(`expected ${expected}, received `);
  });

  it("one that contains itself", () => {
    const cyclic: Record<string, unknown> = { x: U };
    cyclic["self"] = cyclic;
    expect(thrownBy(() => compileSpace(cyclic))).toMatchObject({ expected: "at most 32 levels of nesting" });
  });
});
