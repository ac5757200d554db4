import { join } from "node:path";
import { expect, test } from "vitest";
import { openStore } from "../../src/store/open.ts";
import { temporaryFolder } from "../store/fixtures.ts";
import { startProcess } from "./store-process.ts";

const PROCESSES = 4;
const COUNT = 100;

test("processes that open, reserve and claim at once in one new file get each number exactly once", async () => {
  const path = join(await temporaryFolder(), "new", "store.db");
  const racers = Array.from({ length: PROCESSES }, () => startProcess("race", path, "study", COUNT));
  await Promise.all(racers.map(({ ended }) => ended));
  const lines = racers.map((racer) => racer.lines());
  for (const own of lines) expect(numbersOf("reserved", own)).toHaveLength(COUNT);
  const all = Array.from({ length: PROCESSES * COUNT }, (_, number) => number);
  expect(numbersOf("reserved", lines.flat())).toEqual(all);
  const store = await openStore(path);
  const { trials, study } = await store.snapshot("study", 0);
  await store.close();
  expect(trials.map(({ number }) => number)).toEqual(all);
  const running = trials.filter(({ state }) => state === "running").map(({ number }) => number);
  expect(numbersOf("claimed", lines.flat())).toEqual(running);
  expect(running.length).toBeGreaterThanOrEqual(COUNT);
  expect(trials.every(({ attempt }) => attempt <= 1)).toBe(true);
  expect(study).toMatchObject({ nextNumber: all.length, sequence: all.length + running.length });
});

test("what one process writes another sees at once", async () => {
  const path = join(await temporaryFolder(), "store.db");
  const writer = startProcess("write", path, "study");
  await writer.until(1);
  const store = await openStore(path);
  for (let before = 0; before < 200; ) {
    before = numbersOf("completed", writer.lines()).length;
    const { study, trials } = await store.snapshot("study", 0);
    expect(trials.filter(({ state }) => state === "complete").length).toBeGreaterThanOrEqual(before);
    expect(trials).toHaveLength(study.nextNumber);
    await new Promise((resolve) => setImmediate(resolve));
  }
  await store.close();
  writer.kill();
  await writer.ended;
});

function numbersOf(verb: string, lines: readonly string[]): readonly number[] {
  const numbers = lines.filter((line) => line.startsWith(`${verb} `)).map((line) => Number(line.slice(verb.length)));
  return numbers.sort((a, b) => a - b);
}
