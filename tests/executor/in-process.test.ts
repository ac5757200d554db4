import { expect, it } from "vitest";
import { inProcess } from "../../src/executor/in-process.ts";
import { compileSpace } from "../../src/space/compile.ts";
import { describeExecutorContract } from "../../src/testing/executor-contract.ts";
import { contractObjective, contractSpace } from "../../src/testing/executor-contract-sweep.ts";
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
  const reports: number[] = [];
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
  const report = async (step: number): Promise<"continue"> => {
    reports.push(step);
    return "continue";
  };
  expect((await evaluate(executor, task, { report })).outcome).toMatchObject({ reason: "timeout" });
  wake();
  expect(await verdict).toBe("cancel");
  expect(reports).toEqual([]);
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

it("fails the test of an objective that has none", async () => {
  const executor = inProcess({ objective: () => 1, space });
  const { outcome } = await evaluate(executor, { ...task, purpose: "test" });
  expect(outcome).toMatchObject({ reason: "invalid", message: expect.stringContaining("has no test") });
});

it("refuses a number of slots that is none", () => {
  expect(() => inProcess({ objective: () => 1, space, slots: 0 })).toThrow("slots: expected 1, 2, 3 ..., received 0");
});
