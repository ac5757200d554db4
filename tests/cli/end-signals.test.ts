import { expect, it, onTestFinished } from "vitest";
import { hearEndSignals } from "../../cli/end-signals.ts";
import { EXIT } from "../../cli/exit.ts";

it("a terminal that is closed counts once, however often that is told", () => {
  const heard: number[] = [];
  onTestFinished(hearEndSignals((code) => heard.push(code)));
  for (const signal of ["SIGHUP", "SIGHUP", "SIGTERM", "SIGTERM"] as const) process.emit(signal);
  expect(heard).toEqual([EXIT.hungUp, EXIT.terminated, EXIT.terminated]);
});
