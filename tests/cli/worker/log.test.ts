import { expect, it } from "vitest";
import { logTo, messageTo } from "../../../cli/worker/log.ts";
import type { WorkerEvent } from "../../../workers/options.ts";
import { keepSaid } from "../run/said.ts";

const OF = { study: "s", number: 3 } as const;

/** What is said of events, without the time of day before it. */
function said(...events: readonly WorkerEvent[]): readonly string[] {
  const kept = keepSaid();
  for (const event of events) logTo(false)(event);
  return kept()
    .trimEnd()
    .split("\n")
    .map((line) => line.replace(/^\d\d:\d\d:\d\d /, ""));
}

it("tells what becomes of each attempt, and not what it prints or reports", () => {
  const told = said(
    { kind: "started", ...OF, attempt: 1, slot: 0 },
    { kind: "printed", ...OF, text: "epoch" },
    { kind: "reported", ...OF, step: 0, value: 1 },
    { kind: "settled", ...OF, attempt: 1, state: "queued" },
    { kind: "started", ...OF, attempt: 2, slot: 1 },
    { kind: "settled", ...OF, attempt: 2, state: "complete" },
    { kind: "settled", ...OF, attempt: 1, state: "failed", reason: "error", message: "no file x\nat train.py:3" },
    { kind: "settled", ...OF, attempt: 1, state: "failed", reason: "timeout", message: "exceeded 2 s" },
    { kind: "recovered", ...OF, counted: true },
    { kind: "recovered", ...OF, counted: false },
  );
  expect(told).toEqual([
    "s #3 starts in slot 0",
    "s #3 is queued again",
    "s #3 starts in slot 1, attempt 2",
    "s #3 is complete",
    "s #3 failed: no file x …",
    "s #3 failed: timeout: exceeded 2 s",
    "s #3: the outcome that was kept is committed",
    "s #3: the outcome that was kept came too late",
  ]);
});

it("tells why it ends", () => {
  const ends = ["drained", "handed-back", "max-trials", "idle"] as const;
  expect(said(...ends.map((end) => ({ kind: "draining", end }) as const))).toEqual([
    "ending: running trials may end",
    "ending: running trials are handed back; the next signal kills them",
    "ending: it has run as many trials as it may",
    "ending: nothing to do",
  ]);
});

it("with --log-json each event and each message is one object a line, masked", () => {
  const kept = keepSaid();
  logTo(true)({ kind: "reported", ...OF, step: 0, value: 1 });
  messageTo(true)("at redis://me:secret@host");
  const [event, message] = kept()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));
  expect(event).toMatchObject({ kind: "reported", study: "s", number: 3, value: 1 });
  expect(message).toMatchObject({ kind: "message", text: "at redis://me:***@host" });
});
