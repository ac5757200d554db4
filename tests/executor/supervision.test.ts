import { spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { memoryArtifacts } from "../../src/artifacts/memory.ts";
import type { Watch } from "../../src/executor/executor.ts";
import { Supervision } from "../../src/executor/supervision.ts";
import type { Verdict } from "../../src/trial/report.ts";

const WATCH: Watch = {
  signal: new AbortController().signal,
  files: memoryArtifacts().of("study", 0, 1),
  report: async () => "continue",
  checkpoint: async () => "continue",
  print: () => undefined,
};
const LIMITS = { trialTimeoutMs: 20, graceMs: 60_000 };

it("an objective that came back in time is in time, however long its reports take to be stored", async () => {
  const watch = { ...WATCH, report: () => sleep(3 * LIMITS.trialTimeoutMs, "continue" as const) };
  const supervision = new Supervision(watch, LIMITS, { ask: () => undefined, kill: () => undefined });
  supervision.begin();
  void supervision.report([{ step: 0, value: 1 }]);
  supervision.over();
  const result = { kind: "complete", losses: [1] } as const;
  const evaluation = await supervision.conclude(
    () => result,
    () => "",
  );
  expect(evaluation.outcome).toEqual(result);
});

it("a program that ended while this process stood still is in time, as after Ctrl-Z and fg", async () => {
  const target = { isApart: true, ask: () => undefined, kill: () => undefined };
  const supervision = new Supervision(WATCH, LIMITS, target);
  const ended = once(spawn("true"), "exit").then(() => supervision.over());
  supervision.begin();
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 700);
  await ended;
  expect(supervision.reason).toBeNull();
  supervision.dispose();
});

it.each(["prune", "cancel"] as const)(
  "a verdict to %s that comes once the objective is back reaches nobody",
  async (verdict) => {
    let answer: (verdict: Verdict) => void = () => undefined;
    const report = (): Promise<Verdict> =>
      new Promise((resolve) => {
        answer = resolve;
      });
    const asked: string[] = [];
    const limits = { trialTimeoutMs: null, graceMs: 60_000 };
    const supervision = new Supervision({ ...WATCH, report }, limits, {
      ask: (reason) => asked.push(reason),
      kill: () => undefined,
    });
    supervision.begin();
    void supervision.report([{ step: 0, value: 1 }]);
    const result = { kind: "complete", losses: [1] } as const;
    const concluded = supervision.conclude(
      () => result,
      () => "",
    );
    answer(verdict);
    expect((await concluded).outcome).toEqual(result);
    expect(asked).toEqual([]);
  },
);
