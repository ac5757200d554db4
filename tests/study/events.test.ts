import { afterEach, beforeEach, expect, it } from "vitest";
import { inProcess } from "../../src/executor/in-process.ts";
import { compileSpace, createStudy, hp, type Study } from "../../src/index.ts";

const warnings: string[] = [];
const hear = (warning: Error): void => void warnings.push(warning.message);
const space = { x: hp.uniform(0, 1) };

beforeEach(() => {
  warnings.length = 0;
  process.on("warning", hear);
});
afterEach(() => void process.off("warning", hear));

/** Runs three trials. @returns the numbers of those of which a listener heard that was added after all others */
async function heardBy(study: Study<{ readonly x: number }>): Promise<readonly number[]> {
  const heard: number[] = [];
  study.on("settled", ({ trial }) => heard.push(trial.number));
  expect(await study.optimize(({ x }) => x)).toBe("maxTrials");
  await new Promise(setImmediate);
  return heard;
}

it("a listener that throws is warned of, and the others hear all the same", async () => {
  const study = await createStudy({ space, maxTrials: 3 });
  study.on("settled", () => {
    throw new Error("a broken logger");
  });
  expect(await heardBy(study)).toEqual([0, 1, 2]);
  expect(warnings.length).toBe(3);
  expect(warnings[0]).toMatch(/^a listener of "settled" threw: Error: a broken logger/);
});

it("an asynchronous listener that rejects is warned of, and ends nothing", async () => {
  const study = await createStudy({ space, maxTrials: 3 });
  study.on("settled", async ({ trial }) => {
    if (trial.number === 1) throw new Error("the server of the logger is away");
  });
  expect(await heardBy(study)).toEqual([0, 1, 2]);
  expect(warnings.length).toBe(1);
  expect(warnings[0]).toContain("the server of the logger is away");
});

it("a pause is not told to be over where the run is told to end in it", async () => {
  const study = await createStudy({ space, maxTrials: 9 });
  const drain = new AbortController();
  let release = (): void => undefined;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  const told: string[] = [];
  study.on("resumed", () => told.push("resumed"));
  study.on("paused", () => {
    told.push("paused");
    drain.abort();
    setTimeout(release, 50); // when the driver has looked
  });
  const objective = async (): Promise<number> => {
    await study.pause();
    await held;
    return 1;
  };
  const slots = inProcess({ objective, space: compileSpace(space) });
  expect(await study.drive(slots, { drain: drain.signal })).toBe("interrupted");
  expect(told).toEqual(["paused"]);
});
