import { afterEach, beforeEach, expect, it, onTestFinished, vi } from "vitest";
import { listenForStops, type Stops } from "../../../cli/run/signals.ts";

beforeEach(() => {
  vi.stubEnv("npm_lifecycle_event", undefined); // under which a second Ctrl-C is the first one's echo
  vi.useFakeTimers({ toFake: ["performance", "setTimeout", "clearTimeout"] });
});
afterEach(() => {
  vi.unstubAllEnvs();
  vi.useRealTimers();
});

/** What a run hears, and with which codes it would have ended its process. */
function listen(): { readonly stops: Stops; readonly heard: readonly string[]; readonly ended: readonly unknown[] } {
  const heard: string[] = [];
  const ended: unknown[] = [];
  const stops = listenForStops({
    draining: () => heard.push("draining"),
    halting: () => heard.push("halting"),
    leaving: () => heard.push("leaving"),
  });
  const exit = vi.spyOn(process, "exit").mockImplementation((code) => ended.push(code) as never); // which never returns
  onTestFinished(() => {
    stops.dispose();
    exit.mockRestore();
  });
  return { stops, heard, ended };
}

const state = ({ drain, halt, exitCode }: Stops): readonly unknown[] => [drain.aborted, halt.aborted, exitCode()];

it("the first Ctrl-C drains, the second one halts, and one more is nothing for five seconds", () => {
  const { stops, heard, ended } = listen();
  expect(state(stops)).toEqual([false, false, null]);
  process.emit("SIGINT");
  expect([state(stops), heard]).toEqual([[true, false, 130], ["draining"]]);
  vi.advanceTimersByTime(60_000); // however long what runs takes to end
  process.emit("SIGINT");
  vi.advanceTimersByTime(5000);
  process.emit("SIGINT");
  expect([state(stops), heard, ended]).toEqual([[true, true, 130], ["draining", "halting"], []]);
  vi.advanceTimersByTime(1);
  process.emit("SIGINT");
  expect([heard.at(-1), ended]).toEqual(["leaving", [130]]);
});

it("an end at once that takes twenty seconds is not waited for any longer", () => {
  const { heard, ended } = listen();
  process.emit("SIGTERM");
  vi.advanceTimersByTime(19_999);
  expect(heard).toEqual(["halting"]);
  vi.advanceTimersByTime(1);
  expect([heard, ended]).toEqual([["halting", "leaving"], [143]]);
});

it("a run that has ended is not ended again", () => {
  const { stops, heard, ended } = listen();
  process.emit("SIGTERM");
  stops.dispose();
  vi.advanceTimersByTime(60_000);
  expect([heard, ended]).toEqual([["halting"], []]);
});

it.each([
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s halts at once; where Ctrl-C came first, its exit code stays", (signal, code) => {
  const alone = listen();
  process.emit(signal);
  expect([state(alone.stops), alone.heard]).toEqual([[false, true, code], ["halting"]]);
  alone.stops.dispose();
  const { stops, heard } = listen();
  process.emit("SIGINT");
  process.emit(signal);
  expect([state(stops), heard]).toEqual([
    [true, true, 130],
    ["draining", "halting"],
  ]);
});

it("after it gave the signals back it hears none", () => {
  const { stops, heard } = listen();
  stops.dispose();
  process.emit("SIGINT");
  expect([state(stops), heard]).toEqual([[false, false, null], []]);
});
