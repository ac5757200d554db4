import { expect, it } from "vitest";
import { counted } from "../../../cli/run/counted.ts";
import type { Settled } from "../../../cli/run/notices.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { StudyView } from "../../../src/study/view/view.ts";
import { SETTINGS, specOf } from "../../store/fixtures.ts";

/** A view of a study of so many trials, which ended in this order; the others run. */
async function ended(count: number, ...order: readonly number[]): Promise<StudyView> {
  const store = memoryStore();
  const view = new StudyView(await store.createStudy(specOf("s"), SETTINGS));
  const reservation = { expectedNumber: null, basis: 0, memo: null, origin: "sampler" } as const;
  const holder = { host: "h", pid: 1, started: "then", slot: 0 };
  for (let number = 0; number < count; number++) {
    await store.reserve("s", { ...reservation, assignment: { x: number } });
    await store.claim("s", number, { holder, leaseMs: 60_000, version: null });
  }
  for (const number of order) {
    await store.commit("s", number, { attempt: 1 }, { outcome: { kind: "complete", losses: [1] }, log: "" });
  }
  await view.refresh(store);
  return view;
}

/** What is told of trials, as `number: how many had ended`. */
function told(view: StudyView, ...numbers: readonly number[]): readonly string[] {
  const events = numbers.map((number) => ({ trial: { number }, isBest: false }) as Settled); // all that is read
  return counted(events, view).map(({ event, finished }) => `${event.trial.number}: ${finished}`);
}

it("trials are told in the order in which they ended, however they came", async () => {
  expect(told(await ended(4, 3, 0, 2), 0, 2, 3)).toEqual(["3: 1", "0: 2", "2: 3"]);
});

it("one that ended between or after them counts as soon as it ended, and one that runs never", async () => {
  expect(told(await ended(5, 4, 1, 3, 0), 1, 0)).toEqual(["1: 2", "0: 4"]);
  expect(told(await ended(5, 4, 1, 3, 0), 4, 3)).toEqual(["4: 1", "3: 3"]);
});

it("one that the view does not know of as ended comes last, and what it knows of counts", async () => {
  expect(told(await ended(4, 1), 3, 1)).toEqual(["1: 1", "3: 1"]);
  expect(told(await ended(1, 0))).toEqual([]);
});
