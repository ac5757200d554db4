import { expect, it, onTestFinished, vi } from "vitest";
import { hearEndSignals } from "../../cli/end-signals.ts";
import { EXIT } from "../../cli/exit.ts";

it("a terminal that is closed counts once, however often that is told", () => {
  const heard: number[] = [];
  onTestFinished(hearEndSignals((code) => heard.push(code)));
  for (const signal of ["SIGHUP", "SIGHUP", "SIGTERM", "SIGTERM"] as const) process.emit(signal);
  expect(heard).toEqual([EXIT.hungUp, EXIT.terminated, EXIT.terminated]);
});

it("a terminal that is closed is nothing to what nohup started", () => {
  vi.stubEnv("_", "/usr/bin/nohup");
  onTestFinished(() => void vi.unstubAllEnvs());
  const heard: number[] = [];
  onTestFinished(hearEndSignals((code) => heard.push(code)));
  for (const signal of ["SIGHUP", "SIGTERM"] as const) process.emit(signal);
  expect(heard).toEqual([EXIT.terminated]);
});
