import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, test } from "vitest";
import { stream } from "../../src/random/stream.ts";
import { openStore } from "../../src/store/open.ts";
import { loadDriver } from "../../src/store/sqlite/load.ts";
import type { Trial } from "../../src/trial/trial.ts";
import { temporaryFolder } from "../store/fixtures.ts";
import { startProcess } from "./store-process.ts";

const ROUNDS = 50;
const ROUNDS_PER_FILE = 5;

describe("kill -9 of the writing process", () => {
  test(`at ${ROUNDS} random moments loses no acknowledged trial and leaves the file whole`, async () => {
    const rng = stream("store-kill");
    let acknowledged = 0;
    for (let file = 0; file < ROUNDS / ROUNDS_PER_FILE; file++) {
      const path = join(await temporaryFolder(), "store.db");
      const lines: string[] = [];
      for (let round = 0; round < ROUNDS_PER_FILE; round++) {
        const writer = startProcess("write", path, "study");
        // Every fifth kill may come while the file is being opened, or made.
        if (round > 0) await writer.until(1 + Math.floor(rng.next() * 60));
        else await sleep(rng.next() * 200);
        writer.kill();
        await writer.ended;
        lines.push(...writer.lines());
        await checkFile(path);
        await checkTrials(path, lines);
      }
      acknowledged += lines.length;
    }
    expect(acknowledged).toBeGreaterThan(ROUNDS * 10);
  });
});

async function checkFile(path: string): Promise<void> {
  const connection = (await loadDriver()).open(path);
  expect(connection.prepare("PRAGMA integrity_check").get()).toMatchObject({ integrity_check: "ok" });
  connection.close();
}

/** Compares the store with what the writers acknowledged: all of it is there, and hardly more. */
async function checkTrials(path: string, lines: readonly string[]): Promise<void> {
  const store = await openStore(path);
  if (lines.length > 0) expect(await store.findStudy("study")).not.toBeNull();
  const trials = (await store.findStudy("study")) === null ? [] : (await store.snapshot("study", 0)).trials;
  expect(trials.map(({ number }) => number)).toEqual(trials.map((_, index) => index));
  for (const line of lines.filter((each) => each !== "open")) checkLine(line, trials);
  const completed = trials.findLast(({ state }) => state === "complete");
  if (completed !== undefined) {
    expect(await store.findTrial("study", completed.number)).toMatchObject({ log: `log of ${completed.number}` });
  }
  await store.close();
}

function checkLine(line: string, trials: readonly Trial[]): void {
  const [verb, number] = line.split(" ");
  const trial = trials[Number(number)];
  expect(trial, line).toBeDefined();
  if (verb !== "reserved") expect(trial?.reports, line).toEqual([{ step: 0, value: Number(number) }]);
  if (verb === "completed") expect(trial, line).toMatchObject({ state: "complete", losses: [Number(number)] });
}
