import { setTimeout as sleep } from "node:timers/promises";
import { expect, it } from "vitest";
import { memoryArtifacts } from "../../src/artifacts/memory.ts";
import type { Watch } from "../../src/executor/executor.ts";
import { Supervision } from "../../src/executor/supervision.ts";

const LIMITS = { trialTimeoutMs: 20, graceMs: 60_000 };

it("an objective that came back in time is in time, however long its reports take to be stored", async () => {
  const watch: Watch = {
    signal: new AbortController().signal,
    files: memoryArtifacts().of("study", 0),
    report: () => sleep(3 * LIMITS.trialTimeoutMs, "continue" as const),
    checkpoint: async () => "continue",
    print: () => undefined,
  };
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
