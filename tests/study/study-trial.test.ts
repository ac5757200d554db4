import { expect, it } from "vitest";
import { createStudy, hp } from "../../src/index.ts";
import { BEGUN_MS, timedStudy } from "../plots/timed-study.ts";

it("a trial tells which slot had it, if any, and until when it is held", async () => {
  const study = await timedStudy("t", [
    { number: 0, slot: 3, from: 0, to: 10 },
    { number: 1, slot: null, from: 0, to: 10 },
    { number: 2, slot: 1, from: 5, to: null },
    { number: 3, slot: null, from: 5, to: null },
  ]);
  await study.enqueue({ x: 0.9 });
  await study.cancel(4);
  expect(await study.trials()).toMatchObject([
    { state: "complete", host: "here", slot: 3 },
    { state: "complete", host: "here", slot: null },
    { state: "running", host: "here", slot: 1, leaseUntilMs: BEGUN_MS + 65_000 },
    { state: "running", host: "here", slot: null, leaseUntilMs: BEGUN_MS + 65_000 },
    { state: "cancelled", host: null, slot: null },
  ]);
});

it("a study that maximizes gives a zero back as it was told, and not as -0", async () => {
  const study = await createStudy({ space: { x: hp.uniform(0, 1) }, direction: "maximize", maxTrials: 1 });
  await study.optimize(async (_, trial) => {
    await trial.report(1, 0);
    return 0;
  });
  const [trial] = await study.trials();
  expect(trial).toMatchObject({ loss: 0, reports: [{ step: 1, value: 0 }] });
});
