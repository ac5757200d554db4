import { expect, it } from "vitest";
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
