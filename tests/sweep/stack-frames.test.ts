import { expect, it } from "vitest";
import { framesOf } from "../../src/sweep/stack-frames.ts";

/** The first call that a stack of one line leads to. */
function firstOf(line: string) {
  const error = Object.assign(new Error("no data"), { stack: `Error: no data\n${line}` });
  return framesOf(error)[0];
}

it.each([
  ["    at read (/home/me/sweep.ts:3:7)", "/home/me/sweep.ts"],
  ["    at async file:///home/a%20b/sweep.mjs?t=1:3:7", "/home/a b/sweep.mjs"],
  ["    at read (/home/me/sweeps (copy)/sweep.ts:3:7)", "/home/me/sweeps (copy)/sweep.ts"],
  ["    at file:///home/me/sweeps%20(copy)/sweep.mjs:3:7", "/home/me/sweeps (copy)/sweep.mjs"],
  ["    at file://nas/share/sweep.mjs:3:7", "file://nas/share/sweep.mjs"],
])("finds the file in %j", (line, path) => {
  expect(firstOf(line)).toEqual({ path, line: 3, column: 7 });
});

it.each([
  "    at async Promise.all (index 0)",
  "    at node:internal/process/task_queues:95:5",
  "    at eval (eval at read (/home/me/sweep.js:1:1), <anonymous>:3:7)",
])("finds none in %j", (line) => {
  expect(firstOf(line)).toBeUndefined();
});
