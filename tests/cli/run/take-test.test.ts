import { beforeEach, describe, expect, it } from "vitest";
import { type Ended, isTestDue } from "../../../cli/run/take-test.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { Store } from "../../../src/store/store.ts";
import type { EndReason } from "../../../src/study/view/stopping.ts";
import { StudyView } from "../../../src/study/view/view.ts";
import { addComplete, SETTINGS, specOf } from "../../store/fixtures.ts";
import { emptyFolder } from "../parzen.ts";
import { ECHO, planIn } from "./planned.ts";

const folder = emptyFolder();

let store: Store;
let view: StudyView;
beforeEach(async () => {
  store = memoryStore();
  view = new StudyView(await store.createStudy(specOf("s"), SETTINGS));
});

/** A run that has ended, of an objective that can be tested unless said otherwise. */
async function ended({ isTestable = true, exitCode = null }: { isTestable?: boolean; exitCode?: 130 | null } = {}) {
  await view.refresh(store);
  const plan = await planIn(folder, ECHO);
  const objective = isTestable ? { evaluate: () => 1, test: () => ({ metrics: {} }) } : null;
  const { signal } = new AbortController();
  const stops = { drain: signal, halt: signal, exitCode: () => exitCode, dispose: () => undefined };
  return { view, stops, plan: { ...plan, sweep: { ...plan.sweep, objective } } } as Ended;
}

const end = (reason: EndReason) => ({ reason, didRun: true, tookMs: 0 });

describe("the test of the best trial is due", () => {
  it.each(["maxTrials", "timeout", "targetLoss", "patience", "exhausted"] as const)("after %s", async (reason) => {
    await addComplete(store, "s");
    expect(isTestDue(await ended(), end(reason))).toBe(true);
  });

  it.each(["failing", "paused", "stopped", "cancelled", "interrupted"] as const)("not after %s", async (reason) => {
    await addComplete(store, "s");
    expect(isTestDue(await ended(), end(reason))).toBe(false);
  });

  it("not where it was taken for that trial, which may not be the best one any more", async () => {
    await addComplete(store, "s");
    await store.recordTest("s", 0, { error: 1 });
    expect(isTestDue(await ended(), end("maxTrials"))).toBe(false);
    const reservation = { expectedNumber: null, basis: 0, memo: null, origin: "asked" } as const;
    await store.reserve("s", { ...reservation, assignment: { x: 2 } });
    const holder = { host: "h", pid: 1, started: "s", slot: 0 };
    await store.claim("s", 1, { holder, leaseMs: 1000, version: null });
    expect(isTestDue(await ended(), end("maxTrials"))).toBe(false); // it runs, and may be better
    await store.commit("s", 1, { attempt: 1 }, { outcome: { kind: "complete", losses: [-1] }, log: "" });
    expect(isTestDue(await ended(), end("maxTrials"))).toBe(true);
  });

  it("not while a trial runs, nor where there is no best one, no test, or somebody asked for the end", async () => {
    expect(isTestDue(await ended(), end("maxTrials"))).toBe(false);
    await addComplete(store, "s");
    expect(isTestDue(await ended({ isTestable: false }), end("maxTrials"))).toBe(false);
    expect(isTestDue(await ended({ exitCode: 130 }), end("maxTrials"))).toBe(false);
    const reservation = { expectedNumber: null, basis: 0, memo: null, origin: "asked" } as const;
    await store.reserve("s", { ...reservation, assignment: { x: 2 } });
    expect(isTestDue(await ended(), end("maxTrials"))).toBe(true); // one that waits is nobody's
    const holder = { host: "h", pid: 1, started: "s", slot: 0 };
    await store.claim("s", 1, { holder, leaseMs: 1000, version: null });
    expect(isTestDue(await ended(), end("maxTrials"))).toBe(false);
  });
});
