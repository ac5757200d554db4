import { describe, expect, it } from "vitest";
import { memoryArtifacts } from "../../src/artifacts/memory.ts";
import type { Watch } from "../../src/executor/executor.ts";
import { inProcess } from "../../src/executor/in-process.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { describeExecutorContract } from "../../src/testing/executor/contract.ts";
import { contractObjective, contractSpace } from "../../src/testing/executor/sweep.ts";
import type { TrialContext } from "../../src/trial/context.ts";
import { evaluate, taskOf } from "../faults/executor-run.ts";

const space = compileSpace(contractSpace);
const task = taskOf({ behaviour: 0, x: 0.5 });

describeExecutorContract("in process", (options) => inProcess({ objective: contractObjective, space, ...options }));

it("judges an objective that blocked past its time limit when it comes back", async () => {
  const block = (): number => {
    const end = performance.now() + 30;
    while (performance.now() < end);
    return 1;
  };
  const executor = inProcess({ objective: block, space, trialTimeoutMs: 10 });
  expect((await evaluate(executor, task)).outcome).toMatchObject({ kind: "failed", reason: "timeout" });
});

it("ignores what an abandoned objective still reports", async () => {
  const heard: number[] = [];
  let wake: () => void = () => undefined;
  const late = new Promise<string>((resolve) => {
    wake = () => resolve("awake");
  });
  let verdict: Promise<string> = late;
  const executor = inProcess({
    objective: async (_params: unknown, trial) => {
      verdict = late.then(() => trial.report(1, 1));
      await verdict;
      return 1;
    },
    space,
    trialTimeoutMs: 10,
    graceMs: 10,
  });
  const report: Watch["report"] = async (reports) => {
    heard.push(reports.length);
    return "continue";
  };
  expect((await evaluate(executor, task, { report })).outcome).toMatchObject({ reason: "timeout" });
  wake();
  expect(await verdict).toBe("cancel");
  expect(heard).toEqual([]);
});

it.each([
  [-1, 0, "step to be 0, 1, 2 ..., received -1"],
  [0.5, 0, "step to be 0, 1, 2 ..., received 0.5"],
  [0, "1" as unknown as number, 'value to be a number, received "1"'],
])("fails an objective that reports step %s with value %s", async (step, value, message) => {
  const executor = inProcess({
    objective: async (_params: unknown, trial) => {
      await trial.report(step, value);
      return 1;
    },
    space,
  });
  const { outcome } = await evaluate(executor, task);
  expect(outcome).toMatchObject({ kind: "failed", reason: "error", message: expect.stringContaining(message) });
});

it.each<[string, (trial: TrialContext) => unknown]>([
  ["report", ({ report }) => report(-1, 0)],
  ["save", ({ checkpoint }) => checkpoint.save(-1, new Uint8Array(1))],
])("fails an objective that waits for no %s, one of which is none, and ends no process", async (_what, act) => {
  const objective = (_params: unknown, trial: TrialContext): number => {
    void act(trial);
    return 1;
  };
  for (const each of [objective, async (params: unknown, trial: TrialContext) => objective(params, trial)]) {
    const { outcome, log } = await evaluate(inProcess({ objective: each, space }), task);
    expect(outcome).toMatchObject({ kind: "failed", message: expect.stringContaining("received -1") });
    expect(log).toContain("received -1");
  }
});

it("tells of a save that could not be made and that nobody waited for, and ends no process", async () => {
  const objective = async (_params: unknown, { checkpoint }: TrialContext): Promise<number> => {
    void checkpoint.save(3, new Uint8Array(1));
    return (await checkpoint.load()) === null ? 1 : 2;
  };
  const place = memoryArtifacts().of("study", 0, 1);
  const files = { ...place, write: () => Promise.reject(new Error("takes no files")) };
  const { outcome, log } = await evaluate(inProcess({ objective, space }), task, { files });
  expect(outcome).toEqual({ kind: "complete", losses: [1] });
  expect(log).toBe("the checkpoint of step 3 could not be kept: takes no files\n");
});

it("tells of a file that could not be kept and that nobody waited for, and ends no process", async () => {
  const objective = (_params: unknown, { artifacts }: TrialContext): number => {
    void artifacts.write("model", new Uint8Array(1));
    return 1;
  };
  const files = { ...memoryArtifacts().of("study", 0, 1), write: () => Promise.reject(new Error("takes no files")) };
  const { outcome, log } = await evaluate(inProcess({ objective, space }), task, { files });
  expect(outcome).toEqual({ kind: "complete", losses: [1] });
  expect(log).toBe("the file model could not be kept: takes no files\n");
});

it("fails the test of an objective that has none", async () => {
  const executor = inProcess({ objective: () => 1, space });
  const { outcome } = await evaluate(executor, { ...task, purpose: "test" });
  expect(outcome).toMatchObject({ reason: "invalid", message: expect.stringContaining("has no test") });
});

it.each([
  [{ slots: 0 }, "slots: expected an integer from 1, received 0"],
  [{ graceMs: Number.NaN }, "graceMs: expected milliseconds from 0, received NaN"],
  [{ trialTimeoutMs: -1 }, "trialTimeoutMs: expected milliseconds from 0, or null, received -1"],
  [{ slot: 2 }, 'slot: there is no such option (did you mean "slots"?)'],
  [{ space: contractSpace }, "space: expected a space of compileSpace(space), received {"],
  [{ space: undefined }, "space: expected a space of compileSpace(space), received undefined"],
  [{ objective: undefined }, "objective: expected a function, or { evaluate, test }, received undefined"],
  [{ objective: { evaluate: 1 } }, 'objective: expected a function, or { evaluate, test }, received {"evaluate":1}'],
] as readonly [object, string][])("refuses %o", (wrong, message) => {
  expect(() => inProcess({ objective: () => 1, space, ...wrong })).toThrow(message);
});

/** Neither JSON nor `String` can make a text of it. */
const shapeless = Object.assign(Object.create(null), { toJSON: () => raise(new Error("no text")) });

const trap = (name: string): object =>
  Object.defineProperty({}, name, {
    enumerable: true,
    get: () => {
      throw new RangeError(`the getter ${name}`);
    },
  });

describe("an objective that does its worst fails its own trial, and its slot goes on", () => {
  it.each<[string, () => unknown, string]>([
    ["returns a loss that throws", () => trap("loss"), "RangeError: the getter loss"],
    ["returns a then that throws", () => trap("then"), "RangeError: the getter then"],
    ["resolves to a loss that throws", async () => trap("loss"), "RangeError: the getter loss"],
    ["returns metrics that throw", () => ({ loss: 1, metrics: trap("m") }), "RangeError: the getter m"],
    ["returns what has no text", () => shapeless, "the objective returned a value that cannot be shown"],
    ["throws what has no text", () => raise(shapeless), "threw a value that cannot be shown"],
    ["rejects with what has no text", () => Promise.reject(shapeless), "threw a value that cannot be shown"],
    [
      "returns a promise that throws",
      () => Object.defineProperty(Promise.resolve(1), "constructor", { get: () => raise(new Error("no")) }),
      "no",
    ],
  ])("%s", async (_what, act, message) => {
    let calls = 0;
    const executor = inProcess({ objective: (() => (calls++ === 0 ? act() : 1)) as never, space });
    const { outcome } = await evaluate(executor, task);
    expect(outcome).toMatchObject({ kind: "failed", message: expect.stringContaining(message) });
    expect((await evaluate(executor, task)).outcome).toEqual({ kind: "complete", losses: [1] });
  });
});

function raise(thrown: unknown): never {
  throw thrown;
}

it("gives the place back where the caller's print throws", async () => {
  let calls = 0;
  const executor = inProcess({ objective: () => (calls++ === 0 ? raise(new Error("boom")) : 1), space });
  const print = (): never => raise(new Error("the terminal is gone"));
  await expect(evaluate(executor, task, { print })).rejects.toThrow("the terminal is gone");
  expect((await evaluate(executor, task)).outcome).toEqual({ kind: "complete", losses: [1] });
});

it.each([2 ** 31, 2 ** 40, Number.POSITIVE_INFINITY])("waits for a time limit of %s ms", async (trialTimeoutMs) => {
  const objective = (): Promise<number> => new Promise((resolve) => setTimeout(() => resolve(1), 20));
  const executor = inProcess({ objective, space, trialTimeoutMs });
  expect((await evaluate(executor, task)).outcome).toEqual({ kind: "complete", losses: [1] });
});
