import { describe, expect, it } from "vitest";
import { notesOf } from "../../../cli/run/plan-notes.ts";
import { newLimits, ownSampler, searchOn } from "../../../cli/run/search.ts";
import { asStored } from "../../../cli/study/notes.ts";
import { createStudy, openStore, random, tpe } from "../../../src/index.ts";
import type { StudyRecord } from "../../../src/store/study-record.ts";
import { emptyFolder } from "../parzen.ts";
import { ECHO, planIn } from "./planned.ts";

const folder = emptyFolder();

/** A study that a run of this sweep began, with so many numbers given out; one of a program where the sweep is null. */
async function begunBy(sweep: string | null, numbers = 0): Promise<StudyRecord> {
  const store = await openStore("memory:");
  const study = await createStudy({ name: "s", store, space: { x: { uniform: [0, 1] } }, sampler: random(), seed: 4 });
  for (let number = 0; number < numbers; number++) await study.enqueue({ x: number / numbers });
  if (sweep !== null) await store.note("s", asStored(notesOf(await planIn(folder, sweep), {})));
  return study.refresh();
}

const LIMITED = `${ECHO}timeout: 1m\ntrialTimeout: 5s\n`;

describe("the limits of a run that goes on", () => {
  it("are those that are stored, where nothing in the sweep was edited and no flag is given", async () => {
    expect(newLimits(await begunBy(LIMITED), await planIn(folder, LIMITED))).toEqual({});
  });

  it("are the sweep's where they were edited, each by itself", async () => {
    const record = await begunBy(LIMITED);
    const edited = async (from: string, to: string) =>
      newLimits(record, await planIn(folder, LIMITED.replace(from, to)));
    expect(await edited("maxTrials: 3", "maxTrials: 7")).toEqual({ maxTrials: 7 });
    expect(await edited("timeout: 1m", "timeout: 2m")).toEqual({ timeoutMs: 120_000 });
    expect(await edited("trialTimeout: 5s", "trialTimeout: 6s")).toEqual({ trialTimeoutMs: 6000 });
  });

  it("are those of flags, also where the flag says what the sweep says", async () => {
    const record = await begunBy(LIMITED);
    expect(newLimits(record, await planIn(folder, LIMITED, { maxTrials: 3 }))).toEqual({ maxTrials: 3 });
    expect(newLimits(record, await planIn(folder, LIMITED, { timeout: "1m" }))).toEqual({ timeoutMs: 60_000 });
  });

  it("are the sweep's where a program began the study", async () => {
    const all = { maxTrials: 3, timeoutMs: 60_000, trialTimeoutMs: 5000 };
    expect(newLimits(await begunBy(null), await planIn(folder, LIMITED))).toEqual(all);
  });

  it("are never a total below the numbers that are given out", async () => {
    const record = await begunBy(ECHO, 5);
    expect(newLimits(record, await planIn(folder, ECHO, { maxTrials: 2 }))).toEqual({ maxTrials: 5 });
    expect(newLimits(record, await planIn(folder, ECHO, { maxTrials: 6 }))).toEqual({ maxTrials: 6 });
  });
});

describe("what a run that goes on searches with", () => {
  it("is the study's sampler and seed, and today's limits", async () => {
    const plan = await planIn(folder, ECHO, { sampler: "tpe", seed: 9, maxTrials: 8 });
    const { sampler, ...search } = searchOn(await begunBy(ECHO), plan);
    expect([sampler.name, search]).toEqual(["random", { seed: 4, maxTrials: 8, timeoutMs: null }]);
  });

  it("is the plan's own sampler where it is the study's, as for one that no name makes", async () => {
    const plan = await planIn(folder, ECHO);
    const record = await begunBy(ECHO);
    const own = random();
    expect(ownSampler(record, { ...plan, sampler: own })).toBe(own);
    expect(searchOn(record, { ...plan, sampler: own }).sampler).toBe(own);
    expect(ownSampler(record, { ...plan, sampler: tpe() })).toBeNull();
  });
});
