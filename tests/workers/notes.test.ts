import { expect, test } from "vitest";
import { ParzenError } from "../../src/errors.ts";
import type { Verdict } from "../../src/trial/report.ts";
import { type Note, Notes } from "../../workers/notes.ts";
import { gate } from "./harness.ts";

const report = (step: number): Note => ({ kind: "reports", reports: [{ step, value: step }] });
const away = (): ParzenError => new ParzenError("STORE_UNAVAILABLE", "away");

/** A store that can be away or slow. */
class Listener {
  readonly heard: Note[] = [];
  isAway = false;
  verdict: Verdict | "stale" = "continue";
  waits: Promise<void> = Promise.resolve();
  readonly notes = new Notes(async (note) => {
    await this.waits;
    if (this.isAway) throw away();
    this.heard.push(note);
    return this.verdict;
  });
}

test("a note brings the newest verdict back", async () => {
  const listener = new Listener();
  expect(await listener.notes.tell(report(0))).toBe("continue");
  listener.verdict = "prune";
  expect(await listener.notes.tell(report(1))).toBe("prune");
  listener.verdict = "stale";
  expect(await listener.notes.tell({ kind: "checkpoint", step: 1 })).toBe("stale");
});

test("while the store is away the objective goes on, and the notes come later in their order", async () => {
  const listener = new Listener();
  listener.isAway = true;
  for (const step of [0, 1]) expect(await listener.notes.tell(report(step))).toBe("continue");
  await listener.notes.tell({ kind: "checkpoint", step: 1 });
  expect(listener.notes.reports).toEqual([
    { step: 0, value: 0 },
    { step: 1, value: 1 },
  ]);
  await expect(listener.notes.flush()).rejects.toThrow("away");
  listener.isAway = false;
  await listener.notes.tell(report(2));
  expect(listener.heard).toEqual([report(0), report(1), { kind: "checkpoint", step: 1 }, report(2)]);
  expect(listener.notes.reports).toEqual([]);
});

test("a store that does not answer holds nobody up", async () => {
  const listener = new Listener();
  const { opened, open } = gate();
  listener.waits = opened;
  expect(await listener.notes.tell(report(0))).toBe("continue");
  expect(listener.heard).toEqual([]);
  open();
  await listener.notes.flush();
  expect(listener.heard).toEqual([report(0)]);
});

test("however long the store is away, no more than a bounded number of notes is kept, the newest", async () => {
  const listener = new Listener();
  listener.isAway = true;
  for (let step = 0; step < 10_100; step++) await listener.notes.tell(report(step));
  expect(listener.notes.reports).toHaveLength(10_000);
  expect(listener.notes.reports.at(-1)?.step).toBe(10_099);
});

test("what was sent leaves its room to what comes later", async () => {
  const listener = new Listener();
  for (let step = 0; step < 9999; step++) await listener.notes.tell(report(step));
  listener.isAway = true;
  for (let step = 9999; step < 10_099; step++) await listener.notes.tell(report(step));
  expect(listener.notes.reports).toHaveLength(100);
});

test("of too many notes reports are dropped, never the checkpoint before them", async () => {
  const listener = new Listener();
  listener.isAway = true;
  await listener.notes.tell(report(0));
  await listener.notes.tell({ kind: "checkpoint", step: 0 });
  for (let step = 1; step < 10_100; step++) await listener.notes.tell(report(step));
  listener.isAway = false;
  await listener.notes.flush();
  expect(listener.heard).toHaveLength(10_000);
  expect(listener.heard).toContainEqual({ kind: "checkpoint", step: 0 });
  expect(listener.heard.at(-1)).toEqual(report(10_099));
});

test("however many reports come at once and stay unsent, the newest note stays", async () => {
  const listener = new Listener();
  listener.isAway = true;
  const many = Array.from({ length: 10_000 }, (_, step) => ({ step, value: step }));
  await listener.notes.tell({ kind: "reports", reports: many });
  await listener.notes.tell({ kind: "checkpoint", step: 9999 });
  await listener.notes.tell(report(10_000));
  expect(listener.notes.reports.at(-1)).toEqual({ step: 10_000, value: 10_000 });
});

test("what is no absence of the store is thrown", async () => {
  const notes = new Notes(() => Promise.reject(new ParzenError("STUDY_NOT_FOUND", "gone")));
  await expect(notes.tell(report(0))).rejects.toThrow("gone");
});
