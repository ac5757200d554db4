import { stripVTControlCharacters } from "node:util";
import { expect, it } from "vitest";
import { Notices } from "../../../cli/run/notices.ts";
import type { FailedStudyTrial } from "../../../src/index.ts";
import { memoryStore } from "../../../src/store/memory.ts";
import { StudyView } from "../../../src/study/view/view.ts";
import { SETTINGS, specOf } from "../../store/fixtures.ts";

const FAILED: Omit<FailedStudyTrial<unknown>, "message" | "log"> = {
  state: "failed",
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
  version: null,
  reason: "error",
};

const CODE = "exited with code 1: ";
const TRACE = 'Traceback:\n  File "a.py"\n';

it.each([
  ["a program's last line", `${CODE}ValueError: no`, `${TRACE}ValueError: no\n`, ["Traceback:", '  File "a.py"']],
  ["a program's only line", `${CODE}no`, "no\n", []],
  ["the end of what another line says", `${CODE}it said no`, "it said no\nno\n", ["it said no", "no"]],
  ["what an objective threw, without its stack", "no", "Error: no\n", []],
])("the message of a failure is not shown again below it: %s", async (_what, message, log, shown) => {
  const said: string[] = [];
  const screen = {
    isLive: false,
    draw: () => undefined,
    say: (text: string) => said.push(text),
    clear: () => undefined,
  };
  const view = new StudyView(await memoryStore().createStudy(specOf("s"), SETTINGS));
  const notices = new Notices({ view, screen, isVerbose: false, show: String });
  notices.settled({ trial: { ...FAILED, message, log }, isBest: false }, { finished: 1, total: 2 });
  const lines = said.flatMap((text) => stripVTControlCharacters(text).split("\n"));
  expect(lines).toEqual([`1/2  #0 failed in 5ms: ${message}`, ...shown.map((line) => `#0 | ${line}`)]);
});
