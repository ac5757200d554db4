import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseToChild, parseToParent } from "../../../src/executor/module/parse-message.ts";
import { MAX_MESSAGE, type ToChild, type ToParent } from "../../../src/executor/module/protocol.ts";
import type { TrialTask } from "../../../src/trial/task.ts";

const task: TrialTask = {
  v: 1,
  study: "s",
  trial: 3,
  attempt: 1,
  token: "t",
  objective: "o",
  version: null,
  assignment: { lr: 0.1, constructor: 2, "opt.sgd.m": 0 },
  fidelity: 27,
  seed: 7,
  studySeed: 0,
  purpose: "search",
  resumedFrom: null,
};

const code = { name: "s.ts", path: "/s.ts", size: 3, isExact: true, digest: "d", hash: "h" };

const complete = {
  kind: "complete",
  losses: [1],
  metrics: { constructor: 2 },
  attributes: { a: [null, "b"] },
} as const;

describe("the protocol of a slot", () => {
  it.each<ToChild>([
    { v: 1, type: "load", known: null },
    { v: 1, type: "load", known: { entry: "/s.ts", modules: [code] } },
    { v: 1, type: "run", run: 1, task, directory: "/d" },
    { v: 1, type: "stop", run: 1, reason: "timeout" },
    { v: 1, type: "verdict", run: 1, report: 0, verdict: "prune" },
    { v: 1, type: "unkept", run: 1, report: 0, message: "too large" },
  ])("carries %j to a child", (message) => {
    expect(parseToChild(JSON.stringify(message))).toEqual({ ok: true, message });
  });

  it("reads a task of 0.1, which knows of no checkpoint", () => {
    const { resumedFrom, ...old } = task;
    const message = { v: 1, type: "run", run: 1, task: old, directory: "/d" };
    const read = { ok: true, message: { ...message, task: { ...old, resumedFrom } } };
    expect(parseToChild(JSON.stringify(message))).toEqual(read);
  });

  it.each<ToParent>([
    { v: 1, type: "ready" },
    { v: 1, type: "refused", message: "no" },
    { v: 1, type: "started", run: 1 },
    { v: 1, type: "report", run: 1, report: 2, step: 3, value: "NaN" },
    { v: 1, type: "checkpoint", run: 1, report: 2, step: 3 },
    { v: 1, type: "done", run: 1, result: complete, rss: 5, isLast: false },
    { v: 1, type: "done", run: 1, result: { kind: "failed", reason: "error", message: "m" }, rss: 5, isLast: true },
  ])("carries %j to a parent", (message) => {
    expect(parseToParent(JSON.stringify(message))).toEqual({ ok: true, message });
  });

  const done = (result: string): string => `{"v":1,"type":"done","run":1,"rss":1,"isLast":false,"result":${result}}`;

  it.each([
    ["no JSON", "{"],
    ["another version", '{"v":2,"type":"ready"}'],
    ["an unknown type", '{"v":1,"type":"eval"}'],
    ["an unknown key", '{"v":1,"type":"ready","code":"x"}'],
    ["__proto__", '{"v":1,"type":"ready","__proto__":{"a":1}}'],
    ["__proto__ deep inside", done('{"kind":"complete","losses":[1],"attributes":{"a":[{"__proto__":1}]}}')],
    ["an escaped __proto__", '{"v":1,"type":"ready","\\u005f_proto__":1}'],
    ["a NaN loss", done('{"kind":"complete","losses":[null]}')],
    ["an infinite loss", done('{"kind":"complete","losses":[1e999]}')],
    ["two losses", done('{"kind":"complete","losses":[1,2]}')],
    ["a state that only a parent may give", done('{"kind":"pruned","step":1}')],
    ["too much", JSON.stringify({ v: 1, type: "refused", message: "x".repeat(MAX_MESSAGE) })],
    ["too deep", `${'{"a":'.repeat(100)}1${"}".repeat(100)}`],
    ["null", "null"],
  ])("refuses %s", (_what, line) => {
    expect(parseToParent(line)).toMatchObject({ ok: false });
  });

  it("never throws, whatever comes", () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (line) => {
        expect(parseToChild(line).ok || parseToParent(line).ok).toBe(false);
      }),
    );
  });
});

describe("a task", () => {
  it.each([
    ["an assignment with text", { assignment: { lr: "0.1" } }],
    ["an assignment that is a list", { assignment: [1] }],
    ["a negative number", { trial: -1 }],
    ["a fraction for an attempt", { attempt: 1.5 }],
    ["another purpose", { purpose: "eval" }],
    ["more than it should hold", { script: "rm" }],
  ])("is refused with %s", (_what, wrong) => {
    const message = { v: 1, type: "run", run: 1, task: { ...task, ...wrong }, directory: "/d" };
    expect(parseToChild(JSON.stringify(message))).toMatchObject({ ok: false });
  });
});
