import { beforeEach, describe, expect, it } from "vitest";
import { Notices } from "../../../cli/run/notices.ts";
import type { CompleteStudyTrial, FailedStudyTrial } from "../../../src/index.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import type { Store } from "../../../src/store/store.ts";
import { StudyView } from "../../../src/study/view/view.ts";
import type { Outcome } from "../../../src/trial/outcome.ts";
import { SETTINGS, specOf } from "../../store/fixtures.ts";
import { type Paper, paper } from "./paper.ts";

const ENDED = {
  number: 0,
  params: {},
  fidelity: null,
  origin: "sampler",
  attempt: 1,
  reports: [],
  queuedAtMs: 0,
  startedAtMs: 0,
  finishedAtMs: 5,
  host: "here",
  slot: 0,
  version: null,
  log: "",
} as const;
const FAILED: FailedStudyTrial<unknown> = { ...ENDED, state: "failed", reason: "error", message: "no" };
const COMPLETE: CompleteStudyTrial<unknown> = { ...ENDED, state: "complete", loss: 1, metrics: {}, attributes: {} };

const AT = { finished: 1, total: 2 };

let store: Store;
let view: StudyView;
beforeEach(async () => {
  store = memoryStore();
  view = new StudyView(await store.createStudy(specOf("s"), SETTINGS));
});

/** What a run says, beginning now, as trial 0 is. */
function begun({ isLive = false, isVerbose = false } = {}): { readonly screen: Paper; readonly notices: Notices } {
  const screen = paper({ isLive });
  const notices = new Notices({ view, screen, isVerbose, show: (number) => `show ${number}` });
  notices.begin();
  return { screen, notices };
}

async function queue(): Promise<void> {
  const reservation = { expectedNumber: null, basis: 0, memo: null, origin: "sampler" } as const;
  await store.reserve("s", { ...reservation, assignment: { x: 1 } });
  await view.refresh(store);
}

/** One more attempt at trial 0, to its end. */
async function attempt(attempt: number, outcome: Outcome): Promise<void> {
  const holder = { host: "h", pid: 1, started: "then", slot: 0 };
  await store.claim("s", 0, { holder, leaseMs: 60_000, version: null });
  await store.commit("s", 0, { attempt }, { outcome, log: "" });
  await view.refresh(store);
}

const CODE = "exited with code 1: ";
const TRACE = 'Traceback:\n  File "a.py"\n';

it.each([
  ["a program's last line", `${CODE}ValueError: no`, `${TRACE}ValueError: no\n`, ["Traceback:", '  File "a.py"']],
  ["a program's only line", `${CODE}no`, "no\n", []],
  ["the end of what another line says", `${CODE}it said no`, "it said no\nno\n", ["it said no", "no"]],
  ["what an objective threw, without its stack", "no", "Error: no\n", []],
])("the message of a failure is not shown again below it: %s", (_what, message, log, shown) => {
  const { screen, notices } = begun();
  notices.settled({ trial: { ...FAILED, message, log }, isBest: false }, AT);
  expect(screen.said).toEqual([`1/2  #0 failed in 5ms: ${message}`, ...shown.map((line) => `#0 | ${line}`)]);
});

describe("of failures of one kind", () => {
  const failed = (number: number): FailedStudyTrial<unknown> => {
    return { ...FAILED, number, message: `no file ${number}\nat all`, log: `step ${number}\n` };
  };

  it("the first one is shown with its output and the command for its whole message", () => {
    const { screen, notices } = begun();
    for (const number of [3, 4]) notices.settled({ trial: failed(number), isBest: false }, AT);
    expect(screen.said).toEqual([
      "1/2  #3 failed in 5ms: no file 3 …",
      "the whole message: show 3",
      "#3 | step 3",
      "1/2  #4 failed in 5ms: no file 4 …",
    ]);
  });

  it("none is shown with its output where all output was shown already", () => {
    const { screen, notices } = begun({ isVerbose: true });
    notices.settled({ trial: failed(3), isBest: false }, AT);
    expect(screen.said).toEqual(["1/2  #3 failed in 5ms: no file 3 …", "the whole message: show 3"]);
  });
});

it("on a terminal only failures have a line: the live one counts the others", () => {
  const { screen, notices } = begun({ isLive: true });
  for (const trial of [COMPLETE, FAILED]) notices.settled({ trial, isBest: false }, AT);
  expect(screen.said).toEqual(["1/2  #0 failed in 5ms: no"]);
});

it("what was wrong with this machine is the reason of the return that it brought, and of no other one", async () => {
  await queue();
  const { screen, notices } = begun();
  await attempt(1, { kind: "lost", machine: true, message: "the disk is full" });
  notices.fault(0, "the disk is full");
  notices.returned(0, AT);
  notices.returned(0, AT);
  await attempt(2, { kind: "lost", message: "lost with h" });
  notices.returned(0, AT);
  expect(screen.said).toEqual([
    "1/2  #0 is queued again: this machine could not run it: the disk is full",
    "1/2  #0 is queued again: lost with h",
  ]);
});

it("a return that nobody told of comes before how the trial ended", async () => {
  await queue();
  const { screen, notices } = begun();
  await attempt(1, { kind: "lost", message: "lost with h" });
  await attempt(2, { kind: "complete", losses: [1] });
  notices.settled({ trial: COMPLETE, isBest: true }, AT);
  expect(screen.said).toEqual(["1/2  #0 is queued again: lost with h", "1/2  #0 1 in 5ms, best so far"]);
});

it("a return before the run began is not told", async () => {
  await queue();
  await attempt(1, { kind: "lost", message: "lost with h" });
  const { screen, notices } = begun();
  notices.returned(0, AT);
  expect(screen.said).toEqual([]);
});

describe("output that comes in pieces", () => {
  it("is shown by whole lines, each trial's own, and what is left when the trial ends", () => {
    const { screen, notices } = begun({ isVerbose: true });
    notices.printed(0, "epo");
    notices.printed(1, "other");
    notices.printed(0, "ch 1\n\nepoch 2\nepo");
    expect(screen.said).toEqual(["#0 | epoch 1", "#0 | ", "#0 | epoch 2"]);
    notices.settled({ trial: COMPLETE, isBest: false }, AT);
    expect(screen.said.slice(3)).toEqual(["1/2  #0 1 in 5ms", "#0 | epo"]);
    notices.end();
    notices.end();
    expect(screen.said.slice(5)).toEqual(["#1 | other"]);
  });

  it("is of the attempt that is over where the trial went back to the queue", async () => {
    await queue();
    const { screen, notices } = begun({ isVerbose: true });
    notices.printed(0, "ha");
    await attempt(1, { kind: "handed-back" });
    notices.returned(0, AT);
    notices.printed(0, "whole\n");
    expect(screen.said).toEqual(["1/2  #0 is queued again", "#0 | ha", "#0 | whole"]);
  });

  it("is not shown where nobody asked for it", () => {
    const { screen, notices } = begun();
    notices.printed(0, "epoch 1\n");
    notices.end();
    expect(screen.said).toEqual([]);
  });
});

it("a slow backend is warned of once", () => {
  const { screen, notices } = begun({ isLive: true });
  const attributes = { backend: "cpu", refused: [{ backend: "wasm", reason: "no SIMD" }] };
  const trials = [COMPLETE, { ...COMPLETE, attributes }, { ...COMPLETE, attributes }];
  for (const trial of trials) notices.settled({ trial, isBest: false }, AT);
  expect(screen.said).toEqual([expect.stringContaining("no SIMD"), "`parzen doctor` tries each backend"]);
});

describe("where a pruner has nothing to judge", () => {
  const reported = { ...COMPLETE, reports: [{ step: 0, value: 1 }] };
  const warned = async (pruner: string, ended: readonly CompleteStudyTrial<unknown>[]): Promise<readonly string[]> => {
    const settings = { ...SETTINGS, pruner: { name: pruner, options: {} } };
    view = new StudyView(await store.createStudy(specOf("pruned"), settings));
    const { screen, notices } = begun();
    for (const trial of ended) notices.settled({ trial, isBest: false }, AT);
    return screen.said.filter((line) => /report/.test(line));
  };

  it("says so once, with how a value is reported", async () => {
    expect(await warned("median", [COMPLETE, { ...COMPLETE, number: 1 }])).toEqual([
      'warning: trial 0 reported no "loss", so the pruner median had nothing to judge',
      'A function reports by trial.report(step, value), a program by lines such as {"step":1,"loss":0.1} in the file ' +
        "that PARZEN_REPORT_FILE names",
    ]);
  });

  it("says nothing where a trial has reported", async () => {
    expect(await warned("median", [reported, COMPLETE])).toEqual([]);
  });

  it("says nothing without a pruner", async () => {
    expect(await warned("none", [COMPLETE])).toEqual([]);
  });
});
