import assert from "node:assert/strict";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ParzenError, SpaceError } from "../../src/errors.ts";
import { messageOf } from "../../src/executor/failure-message.ts";
import { stackOf } from "../../src/executor/failure-stack.ts";
import { parseToParent } from "../../src/executor/module/parse-message.ts";
import { interpretResult, interpretTest, interpretThrow } from "../../src/executor/result.ts";
import type { Json } from "../../src/trial/json.ts";

/** Neither JSON nor `String` can make a text of it. */
function shapeless(): object {
  return Object.assign(Object.create(null), {
    toJSON() {
      throw new Error("no text");
    },
  });
}

const expected = "expected a finite number or { loss, metrics?, attributes? }";

describe("interpretResult", () => {
  it.each([
    [Number.NaN, `the objective returned NaN; ${expected}`],
    [Number.NEGATIVE_INFINITY, `the objective returned -Infinity; ${expected}`],
    ["0.5", `the objective returned "0.5"; ${expected}`],
    [null, `the objective returned null; ${expected}`],
    [[1], `the objective returned [1]; ${expected}`],
    [5n, `the objective returned 5n; ${expected}`],
    [undefined, `the objective returned nothing; ${expected}. Is a "return" missing?`],
    [{ loss: Number.NaN }, `the objective returned {"loss":NaN}; ${expected}`],
    [{ loss: 1n }, `the objective returned {"loss":"1n"}; ${expected}`],
    [{ accuracy: 1 }, `the objective returned {"accuracy":1}; ${expected}`],
    [{ loss: 1, metrics: 5 }, "the objective returned metrics 5; expected { name: number }"],
  ])("refuses %s", (returned, message) => {
    expect(interpretResult(returned)).toEqual({ kind: "failed", reason: "invalid", message });
  });

  it("keeps attributes that are JSON, as a copy", () => {
    const attributes = { layers: [64, 32], note: undefined };
    const outcome = interpretResult({ loss: 1, attributes });
    expect(outcome).toEqual({ kind: "complete", losses: [1], attributes: { layers: [64, 32] } });
  });

  it("does not lose a trial for its attributes", () => {
    const circular: Record<string, unknown> = {};
    circular["self"] = circular;
    const deep = JSON.parse(`${'{"a":'.repeat(3000)}1${"}".repeat(3000)}`);
    const named = JSON.parse('{"a": [{"__proto__": {"polluted": true}}]}');
    const endless: Record<string, unknown> = {};
    for (let inner = endless, depth = 0; depth < 100_000; depth++) inner = inner["a"] = {};
    const wrong = [circular, { text: "x".repeat(70_000) }, [1], "text", deep, endless, named, new Date(0)];
    for (const attributes of wrong) {
      const outcome = interpretResult({ loss: 1, attributes });
      expect(outcome).toMatchObject({ kind: "complete", attributes: { droppedAttributes: expect.any(String) } });
    }
  });
});

it("names the keys of a result that mean nothing, the first 32 of them", () => {
  const outcome = interpretResult({ loss: 1, accuracy: 0.5, status: "fail", attributes: { note: "kept" } });
  const attributes = { note: "kept", droppedKeys: ["accuracy", "status"] };
  expect(outcome).toEqual({ kind: "complete", losses: [1], attributes });
  const many = Object.fromEntries(Array.from({ length: 5000 }, (_, index) => [`${"k".repeat(500)}${index}`, index]));
  const noted = interpretResult({ loss: 1, ...many });
  assert(noted.kind === "complete");
  const dropped = noted.attributes?.["droppedKeys"];
  expect(dropped).toHaveLength(33);
  expect(dropped).toContain("... 4968 more");
  expect(JSON.stringify(dropped).length).toBeLessThan(5000);
});

describe("the limits of a result", () => {
  it("keep attributes 16 deep, and drop deeper ones with the reason", () => {
    const nested = (depth: number): Json => (depth === 0 ? 1 : { a: nested(depth - 1) });
    expect(interpretResult({ loss: 1, attributes: nested(16) })).toMatchObject({ attributes: nested(16) });
    expect(interpretResult({ loss: 1, attributes: nested(17) })).toMatchObject({
      attributes: { droppedAttributes: "nested more than 16 deep" },
    });
  });

  it("keep the first 1000 metrics, and name the first 32 of the dropped", () => {
    const metrics = Object.fromEntries(Array.from({ length: 60_000 }, (_, index) => [`m${index}`, index]));
    const outcome = interpretResult({ loss: 1, metrics });
    assert(outcome.kind === "complete");
    expect(Object.keys(outcome.metrics ?? {})).toEqual(Object.keys(metrics).slice(0, 1000));
    const dropped = outcome.attributes?.["droppedMetrics"];
    expect(dropped).toMatchObject({ m1000: "1000", m1031: "1031", "...": "58968 more" });
    expect(Object.keys(dropped ?? {})).toHaveLength(33);
  });

  it("drop metrics whose names no record may have", () => {
    const metrics = { ...JSON.parse('{"__proto__": 1}'), ["x".repeat(129)]: 2, ok: 3 };
    expect(interpretResult({ loss: 1, metrics })).toEqual({
      kind: "complete",
      losses: [1],
      metrics: { ok: 3 },
      attributes: { droppedMetrics: { '"__proto__"': "1", [`"${"x".repeat(116)}...`]: "2" } },
    });
  });

  it("let everything that is kept cross the border of a process", () => {
    const name = fc.oneof(fc.string(), fc.constant("__proto__"));
    const worst = Array.from({ length: 2000 }, (_, index) => ["\u0001".repeat(120) + index, -Number.MAX_VALUE / 3]);
    const extremes = { loss: 1, metrics: Object.fromEntries(worst), attributes: { text: "x".repeat(65_000) } };
    const results = fc.record({
      loss: fc.double(),
      metrics: fc.dictionary(name, fc.anything()),
      attributes: fc.oneof(fc.anything({ withNullPrototype: true, key: name, maxDepth: 40 }), fc.jsonValue()),
    });
    fc.assert(fc.property(fc.oneof(results, fc.anything()), crosses), { examples: [[extremes]] });
  });
});

/** Whether what a value means gets through the protocol of a slot as it is. */
function crosses(returned: unknown): boolean {
  const result = interpretResult(returned);
  const line = JSON.stringify({ v: 1, type: "done", run: 1, result, rss: 1, isLast: false });
  const parsed = parseToParent(line);
  return parsed.ok && JSON.stringify(parsed.message) === line;
}

describe("interpretTest", () => {
  it("takes figures, and nothing else", () => {
    expect(interpretTest({ metrics: { accuracy: 0.9 } })).toEqual({
      kind: "complete",
      losses: [0],
      metrics: { accuracy: 0.9 },
    });
    expect(interpretTest(0.9)).toMatchObject({ kind: "failed", reason: "invalid" });
  });
});

describe("what was thrown", () => {
  it.each([
    [new Error("boom"), "boom"],
    [new TypeError("x is not a function"), "TypeError: x is not a function"],
    [new ParzenError("DATA_INVALID", "row 3"), "row 3"],
    [new Error(""), "an error without a message"],
    ["text", 'threw "text"'],
    [undefined, "threw undefined"],
  ])("%s is said as %s", (thrown, message) => {
    expect(messageOf(thrown)).toBe(message);
    expect(typeof stackOf(thrown)).toBe("string");
  });

  const mirrors = ["a", "b", "c", "d", "e"].map((name) => new Error(`mirror ${name} is down\nfor long`));
  const missing = new TypeError("no file");
  it.each([
    [new Error("no data", { cause: missing }), "no data; cause: TypeError: no file"],
    [
      new TypeError("fetch failed", { cause: new AggregateError(mirrors.slice(0, 2)) }),
      /fetch failed; cause: Agg\w+: mirror a is down; mirror b is down$/,
    ],
    [
      new AggregateError(mirrors, "none has it"),
      /^AggregateError: none has it: mirror a .*; mirror b .*; mirror c is down; and 2 more$/,
    ],
    [new Error("no data: no file", { cause: missing }), "no data: no file"],
    [new Error("no data", { cause: "no file" }), 'no data; cause: "no file"'],
    [new Error("", { cause: missing }), "an error without a message; cause: TypeError: no file"],
    [new ParzenError("DATA_INVALID", "row 3", { cause: missing }), "row 3"],
    [new Error("no data", { cause: shapeless() }), "no data; cause: a value that cannot be shown"],
  ])("is said with what caused it: %s", (thrown, message) => {
    expect(messageOf(thrown)).toMatch(message instanceof RegExp ? message : new RegExp(`^${message}$`));
  });

  it("is shown with the stacks of what caused it", () => {
    const stack = stackOf(new Error("no data", { cause: new AggregateError([missing]) }));
    expect(stack).toMatch(
      /^Error: no data\n(?: {4}at .*\n)*\[cause\]: AggregateError.*\n(?: {4}at .*\n)*\[error\]: TypeError: no file\n {4}at /,
    );
  });

  it("is said to its end where it is its own cause", () => {
    const error = new Error("round");
    error.cause = new Error("and round", { cause: error });
    expect(messageOf(error)).toMatch(/^round; cause: and round/);
    expect(stackOf(error)).toMatch(/^Error: round\n/);
  });

  it("is said of what has no text as well", () => {
    expect(messageOf(shapeless())).toBe("threw a value that cannot be shown");
    const error = Object.assign(new Error("x"), { message: shapeless(), stack: shapeless() });
    expect(messageOf(error)).toBe("threw something that cannot be shown");
    expect(stackOf(error)).toBe("threw something that cannot be shown\n");
    const message = `the objective returned a value that cannot be shown; ${expected}`;
    expect(interpretResult(shapeless())).toEqual({ kind: "failed", reason: "invalid", message });
  });

  it("fails its trial and nothing else where it cannot be looked at", () => {
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    expect(interpretThrow(proxy)).toEqual({
      kind: "failed",
      reason: "error",
      message: "threw something that cannot be shown",
    });
    const error = Object.assign(new Error("boom"), { code: shapeless() });
    expect(interpretThrow(error)).toEqual({ kind: "failed", reason: "error", message: "boom" });
  });

  it("is shown with the frames that are the user's, and with all where there are no others", () => {
    const own = new URL("../../src/executor/module/child.ts", import.meta.url);
    const [first, last] = ["Error: boom", "    at objective (/home/ada/sweep.ts:6:11)"];
    const foreign = [
      `    at async attempt (${own.href}:59:16)`,
      `    at ChildTrial.report (${fileURLToPath(own)}:39:9)`,
      "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
    ];
    const stackIs = (...lines: string[]): Error => Object.assign(new Error("boom"), { stack: lines.join("\n") });
    expect(stackOf(stackIs(first, ...foreign, last))).toBe(`${first}\n${last}\n`);
    expect(stackOf(stackIs(first, ...foreign))).toBe(`${[first, ...foreign].join("\n")}\n`);
  });

  it("is shown without a stack of ours, and with what to do, where it is an error of the user's making", () => {
    const thrown = new ParzenError("OPTION_INVALID", "model: expected 1", { hint: "Make it 1." });
    const own = `    at checkModel (${new URL("../../src/training/model/model.ts", import.meta.url).href}:59:16)`;
    const theirs = "    at Object.schedule (/home/ada/sweep.ts:6:11)";
    thrown.stack = `ParzenError: model: expected 1\n${own}`;
    expect(stackOf(thrown)).toBe("model: expected 1\nMake it 1.\n");
    thrown.stack = `ParzenError: model: expected 1\n${own}\n${theirs}`;
    expect(stackOf(thrown)).toBe(`ParzenError: model: expected 1\n${theirs}\nMake it 1.\n`);
    expect(stackOf(new SpaceError("lr", "a number", "x"))).toMatch(/^SpaceError: lr: expected a number.*\n {4}at /);
  });

  it("is cut to its first lines", () => {
    const { message } = interpretThrow(new Error(`${"line\n".repeat(50)}${"x".repeat(5000)}`));
    expect(message).toBe("line\nline\nline\nline");
    expect(interpretThrow(new Error("x".repeat(5000))).message?.length).toBe(1000);
  });
});

it.each(["ENOSPC", "EDQUOT", "EMFILE", "ENOMEM"])("a throw of %s is the machine's, not the objective's", (code) => {
  const error = Object.assign(new Error(`${code}: write`), { code });
  expect(interpretThrow(error)).toEqual({ kind: "lost", machine: true, message: `${code}: write` });
  expect(interpretThrow(new ParzenError("DATA_INVALID", "wine.csv:3: expected a number"))).toEqual({
    kind: "lost",
    machine: true,
    message: "wine.csv:3: expected a number",
  });
  expect(interpretThrow(new ParzenError("NO_BACKEND", "node-gpu: no GPU"))).toMatchObject({ machine: true });
  expect(interpretThrow(new ParzenError("OPTION_INVALID", "k: expected 1"))).toMatchObject({ kind: "failed" });
  expect(interpretThrow(Object.assign(new Error("no file"), { code: "ENOENT" }))).toMatchObject({ kind: "failed" });
});
