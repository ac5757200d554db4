import { expect, it } from "vitest";
import { notesOf } from "../../../cli/run/plan-notes.ts";
import { emptyFolder } from "../parzen.ts";
import { ECHO, planIn } from "./planned.ts";

const folder = emptyFolder();

it("what a flag decided at the beginning stays noted, whatever later runs are given", async () => {
  const begun = notesOf(await planIn(folder, ECHO, { seed: 0, sampler: "tpe" }), {});
  expect(begun.overridden).toEqual(["seed", "sampler"]);
  expect(notesOf(await planIn(folder, ECHO), begun).overridden).toEqual(["seed", "sampler"]);
  const plain = notesOf(await planIn(folder, ECHO), {});
  expect(plain.overridden).toEqual([]);
  expect(notesOf(await planIn(folder, ECHO, { seed: 5 }), plain).overridden).toEqual([]);
});

it("the noted command is that of the last run that did not join another", async () => {
  const begun = notesOf(await planIn(folder, ECHO, { slots: 1 }), {});
  expect(begun.resume).toContain(" --slots 1");
  expect(notesOf(await planIn(folder, ECHO, { slots: 2 }), begun).resume).toContain(" --slots 2");
  expect(notesOf(await planIn(folder, ECHO, { slots: 2, join: true }), begun).resume).toBe(begun.resume);
  expect(notesOf(await planIn(folder, ECHO, { join: true }), {}).resume).toContain(" --join");
});

it("where each version ran is kept, and the last run's version and limits are the study's", async () => {
  const before = notesOf(await planIn(folder, ECHO, { maxTrials: 9 }), {});
  expect(before.limits).toEqual({ maxTrials: 3, timeoutMs: null, trialTimeoutMs: null });
  const now = notesOf(await planIn(folder, ECHO.replace("loss=", "x={x} loss=")), before);
  expect(now.version).not.toBe(before.version);
  expect(Object.keys(now.places).toSorted()).toEqual([before.version, now.version].toSorted());
  expect(now.places[before.version]).toEqual(before.places[before.version]);
});
