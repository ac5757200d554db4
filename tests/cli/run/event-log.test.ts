import { expect, it, onTestFinished } from "vitest";
import { logEvents } from "../../../cli/run/event-log.ts";
import type { Executor } from "../../../src/executor/executor.ts";
import { createStudy, hp } from "../../../src/index.ts";
import { keepSaid } from "./said.ts";

/** The first trial completes, the second one is pruned, the third one fails, the fourth one cannot be run here. */
const EXECUTOR: Executor = {
  slots: 1,
  close: async () => undefined,
  evaluate: async ({ trial, attempt }, watch) => {
    watch.print(`in ${trial}`);
    await watch.report([{ step: 0, value: trial }]);
    if (trial === 0) return { outcome: { kind: "complete", losses: [5] }, log: "" };
    if (trial === 1) return { outcome: { kind: "pruned", step: 0 }, log: "" };
    if (trial === 3 && attempt === 1) return { outcome: { kind: "lost", machine: true, message: "no GPU" }, log: "" };
    return { outcome: { kind: "failed", reason: "timeout", message: "too slow" }, log: "" };
  },
};

it("every event of a study is one object, and says of a trial what its end means", async () => {
  const study = await createStudy({ name: "s", space: { x: hp.uniform(0, 1) }, direction: "maximize", maxTrials: 4 });
  onTestFinished(() => study.close());
  const said = keepSaid();
  logEvents(study);
  await study.drive(EXECUTOR);
  const events = said()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  const of = (kind: string): object[] =>
    events.flatMap(({ kind: own, time: _, ...event }) => (own === kind ? [event] : []));
  const trial = (number: number, rest: object, attempt = 1): object => ({ study: "s", number, attempt, ...rest });
  expect(of("settled")).toEqual([
    trial(0, { state: "complete", loss: 5, isBest: true }),
    trial(1, { state: "pruned", step: 0, isBest: false }),
    trial(2, { state: "failed", reason: "timeout", message: "too slow", isBest: false }),
    trial(3, { state: "queued", isBest: false }),
    trial(3, { state: "failed", reason: "timeout", message: "too slow", isBest: false }, 2),
  ]);
  expect(of("started")).toHaveLength(5);
  expect(of("fault")).toEqual([{ study: "s", number: 3, message: "no GPU" }]);
  expect(of("reported")[0]).toEqual({ study: "s", number: 0, step: 0, value: 0, verdict: "continue" });
  expect(of("printed")[0]).toEqual({ study: "s", number: 0, text: "in 0" });
  expect(of("sampling")).toHaveLength(1);
});
