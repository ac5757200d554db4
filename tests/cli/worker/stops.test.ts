import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { stopOnSignals } from "../../../cli/worker/stops.ts";
import type { Executor } from "../../../src/executor/executor.ts";
import { describeWorkers } from "../../workers/describe-workers.ts";
import { gate, objectiveOf, untilState } from "../../workers/harness.ts";

/** Has what it evaluates end only where it is killed. */
function endless(): Executor {
  const { opened, open } = gate();
  const evaluate = () => opened.then(() => ({ outcome: { kind: "handed-back" }, log: "" }) as const);
  return { slots: 4, evaluate, close: async () => open() };
}

describeWorkers("a worker that is told to end by signals", (begin) => {
  beforeEach(() => void vi.stubEnv("npm_lifecycle_event", undefined)); // under which a second Ctrl-C is the first one's echo
  afterEach(() => void vi.unstubAllEnvs());

  it.each([
    ["hands back at the first, and kills at the second", false, ["handed-back"], ["SIGTERM", "SIGINT"], 130],
    ["drains before that with --drain", true, ["drained", "handed-back"], ["SIGINT", "SIGINT", "SIGTERM"], 143],
  ] as const)("%s, which decides the exit code", async (_what, drains, ends, signals, code) => {
    const { store, workers } = await begin();
    const { worker, events } = await workers.start(objectiveOf(endless, { isExecutor: true }));
    const before = process.listenerCount("SIGINT");
    const stops = stopOnSignals(worker, drains);
    onTestFinished(() => stops.dispose());
    await workers.deliver(1);
    await untilState(store, "s", "running", 1);
    for (const [index, signal] of signals.entries()) {
      expect(stops.exitCode()).toBe(0);
      process.emit(signal);
      const told = events.flatMap((event) => (event.kind === "draining" ? [event.end] : []));
      expect(told).toEqual(ends.slice(0, index + 1));
    }
    expect(await worker.done).toBe("handed-back");
    expect(stops.exitCode()).toBe(code);
    process.emit("SIGTERM"); // comes too late
    expect(stops.exitCode()).toBe(code);
    stops.dispose();
    expect(process.listenerCount("SIGINT")).toBe(before);
    await untilState(store, "s", "queued", 1);
  });
});
