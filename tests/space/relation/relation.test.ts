import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compileSpace } from "../../../src/space/compile.ts";
import { encode } from "../../../src/space/encode.ts";
import { hp } from "../../../src/space/hp.ts";
import { canonicalText, relationOf } from "../../../src/space/relation/relation.ts";
import { quoted } from "../../../src/space/relation/relation-error.ts";
import { thrownBy } from "../../thrown-by.ts";

const space = compileSpace({
  lr: hp.loguniform(1e-5, 1),
  warmup: hp.uniformint(0, 100),
  epochs: 20,
  "weight-decay": hp.uniform(0, 1),
  batchSize: hp.choice([16, 32, 64]),
  nesterov: hp.choice([true, false]),
  dropout: hp.choice([0, hp.uniform(0.1, 0.9), "auto"]),
  init: hp.choice(["alone", { scale: hp.uniform(0, 1) }]),
  layers: [hp.uniformint(1, 9), hp.uniformint(1, 9)],
  optimizer: hp.choice([
    { type: "sgd", momentum: hp.uniform(0, 1), eps: 0.5 },
    { type: "adam", momentum: hp.uniform(0, 1), beta: hp.uniform(0, 1) },
    { type: "rms", beta: hp.uniform(0, 1) },
  ]),
});

const params = {
  lr: 0.01,
  warmup: 10,
  epochs: 20,
  "weight-decay": 0.25,
  batchSize: 32,
  nesterov: true,
  dropout: 0.5,
  init: "alone",
  layers: [3, 4],
  optimizer: { type: "sgd", momentum: 0.9, eps: 0.5 },
};

function holds(text: string, changes: object = {}): boolean {
  return relationOf(space, text).holds(encode(space, { ...params, ...changes }));
}

const adam = { optimizer: { type: "adam", momentum: 0.1, beta: 0.7 } };
const rms = { optimizer: { type: "rms", beta: 0.7 } };

describe("a relation", () => {
  it.each([
    "warmup < epochs",
    "warmup<=10 and warmup >= 10 && !(warmup > 10)",
    "batchSize * 2 == 64",
    "nesterov",
    "nesterov == true or lr > 1",
    "not nesterov or optimizer.type == 'sgd'",
    "optimizer.momentum > 0.8",
    "optimizer.sgd.momentum > 0.8",
    'optimizer == "sgd"',
    "optimizer.eps == 0.5",
    "layers[0] < layers.1",
    "`weight-decay` < 0.3",
    "dropout == 0.5",
    'init == "alone"',
    "1 < layers.0 < layers.1 < 5",
    "min(layers.0, layers.1, 8) == 3 and max(layers.0, layers.1) == 4",
    "abs(-lr) == lr and sqrt(lr) > lr and floor(lr) == 0 and ceil(lr) == 1 and round(lr) == 0",
    "log10(lr) < -1.9 and log(lr) < -4 and log2(lr * 0 + 8) == 3 and exp(lr * 0) == 1",
    "lr * 0 + 2 ** 3 ** 2 == 512 and lr * 0 - 2 ** 2 == -4 and 2 ** -1 == lr * 0 + .5",
    "warmup - 3 - 2 == 5 and warmup / 4 * 2 == 5 and warmup % 3 == 1 and warmup + 1 * 2 == 12",
    "min(layers.0, layers.1) == 3",
    "lr > 1e3 or lr <= 1.0E-2 and warmup != 3",
    "nesterov or lr > 1 and warmup > 99",
    "not (not nesterov and lr > 1)",
    "not lr > 1",
    "lr * 0 + 4 > -2 ** 2 and lr * 0 + 2 ** 3 * 2 == 16 and warmup % 4 / 2 == 1",
    "nesterov != false",
  ])("%s holds", (text) => {
    expect(holds(text)).toBe(true);
    expect(holds(`not (${text})`)).toBe(false);
  });

  it("knows a param of several branches by its path in the params, one of them by that of its dimension", () => {
    expect(holds("optimizer.momentum > 0.8", adam)).toBe(false);
    expect(holds("optimizer.adam.momentum > 0.8", adam)).toBe(false);
    expect(holds("optimizer.sgd.momentum > 0.8", adam)).toBe(true);
  });

  it("holds where it speaks of a param that is not active, and says no more about it", () => {
    expect(holds("optimizer.momentum > 0.8", rms)).toBe(true);
    expect(holds("not (optimizer.momentum > 0.8)", rms)).toBe(true);
    expect(holds("optimizer.momentum + 1 > 5 or lr < 0", rms)).toBe(true);
    expect(holds('optimizer.type == "sgd" and optimizer.momentum > 0.8', rms)).toBe(false);
    expect(holds("optimizer.momentum > 0.8 and warmup > 50", rms)).toBe(false);
    expect(holds("max(optimizer.momentum, 2) < 1", rms)).toBe(true);
    expect(holds("lr < 0 or optimizer.momentum > 5", rms)).toBe(true);
    expect(holds("not (optimizer.momentum > 0.8 and nesterov)", rms)).toBe(true);
    expect(holds("not (nesterov and optimizer.momentum > 0.8)", rms)).toBe(true);
    expect(holds("optimizer.momentum == 5 and optimizer.momentum != lr and lr == optimizer.momentum", rms)).toBe(true);
  });

  it.each(["lr > 1 or warmup > 50", "warmup < 10", "warmup > 10", "lr != 0.01"])("%s does not hold", (text) =>
    expect(holds(text)).toBe(false),
  );

  it("knows a choice below an option by every path of it, and a number that tells options apart as one", () => {
    const nested = compileSpace({
      net: hp.choice([{ depth: 1 }, { depth: 2, units: hp.choice([8, 16]) }]),
    });
    for (const path of ["net.units", "net.2.units"]) {
      const relation = relationOf(nested, `${path} < 10 and net == 2`);
      expect(relation.holds(encode(nested, { net: { depth: 2, units: 8 } }))).toBe(true);
      expect(relation.holds(encode(nested, { net: { depth: 2, units: 16 } }))).toBe(false);
      expect(relation.holds(encode(nested, { net: { depth: 1 } }))).toBe(false);
    }
  });

  it("takes a choice for its option, the number drawn for it, or its tag or index", () => {
    expect(holds("dropout < 0.2", { dropout: 0 })).toBe(true);
    expect(holds("dropout < 0.2")).toBe(false);
    expect(holds("dropout.1 < 0.2", { dropout: 0 })).toBe(true);
    expect(holds('dropout == "auto"', { dropout: "auto" })).toBe(true);
    expect(holds("dropout < 0.2", { dropout: "auto" })).toBe(true);
    expect(holds('init == "alone"', { init: { scale: 0.5 } })).toBe(false);
    expect(holds('init == "1" and init.scale < 1', { init: { scale: 0.5 } })).toBe(true);
  });

  it.each(["true", "false", "null", "and", "not"])("takes `%s` in backticks for the param of that name", (name) => {
    const named = compileSpace({ [name]: hp.uniform(0, 1) });
    const relation = relationOf(named, `\`${name}\` < 0.5`);
    expect([0.2, 0.8].map((value) => relation.holds({ [name]: value }))).toEqual([true, false]);
    expect(relation.evidence({ [name]: 0.8 })).toEqual({ [name]: 0.8 });
  });

  it("names the values that decide it", () => {
    const { evidence, text } = relationOf(space, "optimizer.momentum < lr * epochs");
    expect(text).toBe('"optimizer.momentum < lr * epochs"');
    expect(evidence(encode(space, params))).toEqual({ "optimizer.momentum": 0.9, lr: 0.01, epochs: 20 });
    expect(evidence(encode(space, { ...params, ...rms }))).toEqual({ lr: 0.01, epochs: 20 });
  });

  it("is what JavaScript makes of the same arithmetic", () => {
    const operator = fc.constantFrom("+", "-", "*", "/", "%");
    const operand = fc.oneof(fc.constantFrom("lr", "warmup", "epochs"), fc.integer({ min: 1, max: 9 }).map(String));
    const { sum } = fc.letrec<{ sum: string }>((tie) => ({
      sum: fc.oneof(
        { maxDepth: 4 },
        operand,
        fc.tuple(tie("sum"), operator, tie("sum")).map(([left, sign, right]) => `${left} ${sign} ${right}`),
        tie("sum").map((inner) => `-(${inner})`),
      ),
    }));
    fc.assert(
      fc.property(sum, sum, fc.constantFrom("<", "<=", ">", ">="), (left, right, sign) => {
        const text = `lr + ${left} ${sign} ${right}`;
        const evaluate = new Function("lr", "warmup", "epochs", `return ${text}`);
        expect(holds(text)).toBe(evaluate(params.lr, params.warmup, params.epochs));
      }),
      { examples: [["1 / -(epochs % warmup)", "lr", "<"]] },
    );
  });
});

const WRONG: readonly (readonly [text: string, column: number, problem: string])[] = [
  ["warmup < epoch", 10, 'there is no param "epoch" (did you mean "epochs"?)'],
  [
    "optimizer.sdg.momentum < 1",
    1,
    'there is no param "optimizer.sdg.momentum" (did you mean "optimizer.sgd.momentum"?)',
  ],
  ['optimizer.type == "sgdd"', 19, 'optimizer.type is never "sgdd" (did you mean "sgd"?)'],
  ["33 == batchSize", 1, "batchSize is never 33"],
  ["optimizer.type < 3", 1, '"<" needs numbers, and optimizer.type is a text'],
  ['lr < "0.1"', 6, '"<" needs numbers, and "0.1" is a text'],
  ["lr == true", 7, "lr is a number, and never equals true, which is true or false"],
  ["lr and nesterov", 1, '"and" joins conditions, and lr is a number'],
  ["not (lr + 1)", 9, '"not" joins conditions, and this is a number'],
  ["nesterov and lr", 14, '"and" joins conditions, and lr is a number'],
  ["-nesterov < 1", 2, '"-" needs numbers, and nesterov is true or false'],
  ["nesterov + lr < 1", 1, '"+" needs numbers, and nesterov is true or false'],
  ["lr + nesterov < 1", 6, '"+" needs numbers, and nesterov is true or false'],
  ["lr + warmup", 4, "expected a condition, such as a comparison; this is a number"],
  ["epochs > 3", 1, "it names nothing that is searched, so it always says the same"],
  ["", 1, "it ends where a param or a value is expected"],
  ["lr <", 5, "it ends where a param or a value is expected"],
  ["lr < )", 6, 'expected a param or a value, found ")"'],
  ["(lr < 1", 8, 'expected ")", found its end'],
  ["lr < 1 warmup", 8, 'expected an operator such as "and" or "<", found "warmup"'],
  ["lr = 1", 4, '"=" means nothing here (write "==")'],
  ["lr ^ 2 < 1", 4, '"^" means nothing here (write "**")'],
  ["lr < 1 & nesterov", 8, '"&" means nothing here (write "and")'],
  ["lr < 1; nesterov", 7, '";" means nothing here'],
  ["optimizer.type == 'sgd", 19, "the ' that opens here is not closed"],
  ["logg(lr) < 1", 1, 'there is no function "logg" (did you mean "log"?)'],
  ["min(lr) < 1", 1, "min takes two numbers or more, not 1"],
  ["toString(lr) < 1", 1, 'there is no function "toString"'],
  ["log(lr, 10) < 1", 1, "log takes one number, not 2"],
  ["log(optimizer.type) < 1", 5, '"log" needs numbers, and optimizer.type is a text'],
];

describe("a wrong relation", () => {
  it.each(WRONG)("%s", (text, column, problem) => {
    expect(thrownBy(() => relationOf(space, text))).toMatchObject({
      code: "OPTION_INVALID",
      at: column - 1,
      problem,
      message: `where: ${quoted(text)}, column ${column}: ${problem}`,
    });
  });

  it("is shown in one line", () => {
    expect(thrownBy(() => relationOf(space, "lr < 1 and\nx > 2\n"))).toMatchObject({
      message: 'where: "lr < 1 and x > 2", column 12: there is no param "x"',
      hint: expect.stringMatching(/^Params are lr, warmup, epochs, weight-decay, batchSize, nesterov, /),
    });
    expect(relationOf(space, "lr <\r\n1\n").text).toBe('"lr <  1"');
  });

  it("may be long or deep, and is refused for it", () => {
    expect(thrownBy(() => relationOf(space, `lr < ${"1".repeat(2000)}`))).toMatchObject({
      problem: "it is longer than 2000 characters",
    });
    const deep = (levels: number) => `${"(".repeat(levels)}lr${")".repeat(levels)} < 1`;
    expect(relationOf(space, deep(60)).holds(encode(space, params))).toBe(true);
    const wide = Array.from({ length: 90 }, () => "(lr) < 1").join(" and ");
    expect(relationOf(space, wide).holds(encode(space, params))).toBe(true);
    expect(thrownBy(() => relationOf(space, deep(900)))).toMatchObject({
      problem: "it is nested deeper than 64 levels",
    });
    expect(thrownBy(() => relationOf(space, `${"-".repeat(900)}lr < 1`))).toMatchObject({ code: "OPTION_INVALID" });
  });

  it("is always answered with an error of its own, whatever the text", () => {
    const word = fc.constantFrom(
      "lr",
      "optimizer",
      "and",
      "not",
      "(",
      ")",
      "<",
      "==",
      "3",
      '"sgd"',
      "-",
      ",",
      "min",
      "`",
      "€",
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 8 }), (words) => {
        try {
          relationOf(space, words.join(" ")).holds(encode(space, params));
        } catch (error) {
          expect(error).toMatchObject({ code: "OPTION_INVALID" });
        }
      }),
    );
  });
});

it("expressions that differ in the way they are written alone have one text", () => {
  expect(canonicalText("a<b  && !c == 'x'")).toBe(canonicalText('a < b and not c == "x" '));
  expect(canonicalText("a < b")).not.toBe(canonicalText("a <= b"));
  expect(canonicalText("`layers.0` < `b`")).toBe(canonicalText("layers[0] < b"));
  for (const named of ["a and b", "a < b", "not", "true", "null", "1", '"c"']) {
    expect(canonicalText(`\`${named}\` == 1`)).not.toBe(canonicalText(`${named} == 1`));
  }
});
