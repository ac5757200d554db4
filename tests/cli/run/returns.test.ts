import { stripVTControlCharacters } from "node:util";
import { beforeEach, expect, it } from "vitest";
import { returnedLine } from "../../../cli/run/lines.ts";
import { Returns } from "../../../cli/run/returns.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { Store } from "../../../src/store/store.ts";
import { StudyView } from "../../../src/study/view/view.ts";
import type { Outcome } from "../../../src/trial/outcome.ts";
import { SETTINGS, specOf } from "../../store/fixtures.ts";

const STUDY = "s";
const AT = { finished: 3, total: 40 };

let store: Store;
let view: StudyView;
beforeEach(async () => {
  store = memoryStore();
  view = new StudyView(await store.createStudy(specOf(STUDY), { ...SETTINGS, errorRetries: 1 }));
  const reservation = { expectedNumber: null, basis: 0, memo: null, origin: "sampler" } as const;
  await store.reserve(STUDY, { ...reservation, assignment: { x: 1 } });
});

async function begin(host: string): Promise<void> {
  const holder = { host, pid: 1, started: "then", slot: 0 };
  await store.claim(STUDY, 0, { holder, leaseMs: 60_000, version: null });
}

async function end(attempt: number, outcome: Outcome): Promise<void> {
  await store.commit(STUDY, 0, { attempt }, { outcome, log: "" });
}

/** What is told of the trial now. */
async function told(returns: Returns): Promise<string | null> {
  await view.refresh(store);
  const returned = returns.next(0);
  return returned === null ? null : stripVTControlCharacters(returnedLine(returned, AT));
}

it("a trial that went back to the queue is told of once, with why", async () => {
  const returns = new Returns(view);
  await begin("node-1");
  expect(await told(returns)).toBeNull();
  await end(1, { kind: "lost", message: "lost with node-1" });
  expect(await told(returns)).toBe(" 3/40  #0 is queued again: lost with node-1");
  expect(await told(returns)).toBeNull();
  await begin("node-2");
  expect(await told(returns)).toBeNull();
  await end(2, { kind: "failed", reason: "error", message: "no data" });
  expect(await told(returns)).toBe(" 3/40  #0 is queued again: its error is tried again");
  await begin("node-2");
  await end(3, { kind: "handed-back" });
  expect(await told(returns)).toBe(" 3/40  #0 is queued again");
});

it("a trial that was handed back after a checkpoint goes on from there", async () => {
  const returns = new Returns(view);
  await begin("node-1");
  await store.checkpoint(STUDY, 0, { attempt: 1 }, 7);
  await end(1, { kind: "handed-back" });
  expect(await told(returns)).toBe(" 3/40  #0 is queued again: it goes on after step 7");
});

it("also where its next attempt runs already, or has ended", async () => {
  const returns = new Returns(view);
  await begin("node-1");
  await told(returns);
  await end(1, { kind: "lost", message: "lost with node-1" });
  await begin("node-2");
  expect(await told(returns)).toBe(" 3/40  #0 is queued again: lost with node-1, and runs on node-2 as attempt 2");
  await end(2, { kind: "lost", message: "lost with node-2" });
  await begin("node-3");
  await end(3, { kind: "complete", losses: [1] });
  expect(await told(returns)).toBe(" 3/40  #0 is queued again: lost with node-2");
  expect(await told(returns)).toBeNull();
});

it("what happened before is not told", async () => {
  await begin("node-1");
  await end(1, { kind: "lost", message: "lost with node-1" });
  await view.refresh(store);
  const returns = new Returns(view);
  returns.begin();
  expect(await told(returns)).toBeNull();
  await begin("node-2");
  expect(await told(returns)).toBeNull();
});
