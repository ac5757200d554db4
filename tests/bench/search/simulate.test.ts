import { describe, expect, it } from "vitest";
import { failingByChance } from "../../../bench/search/failing.ts";
import type { Search } from "../../../bench/search/optimizer.ts";
import { duration, simulate } from "../../../bench/search/simulate.ts";
import type { Task } from "../../../bench/search/task.ts";

/** The loss of trial n is what the list says; its noise-free value ten times that. */
function taskOf(losses: readonly number[]): Task {
  return {
    name: "list",
    kind: "analytic",
    space: [],
    optimum: 0,
    random: { median: 1 },
    recorded: [],
    version: "",
    evaluate: (_config, { index }) => ({ loss: losses[index] ?? Number.NaN, true: 10 * (losses[index] ?? Number.NaN) }),
  };
}

/** Notes asks and tells; has `size` configurations. */
function searchOf(size: number): { readonly search: Search; readonly events: string[] } {
  const events: string[] = [];
  let asked = 0;
  const search: Search = {
    async ask() {
      if (asked === size) return null;
      events.push(`ask ${asked}`);
      return { id: asked++, config: {}, ms: 0, cpuMs: 0 };
    },
    async tell(id) {
      events.push(`tell ${id}`);
    },
    async close() {},
  };
  return { search, events };
}

describe("a simulated search", () => {
  it("asks and tells in turn with one in flight; the curve is noise-free", async () => {
    const { search, events } = searchOf(9);
    const values = await simulate(search, taskOf([5, 7, 3]), { seed: 0, trials: 3, inFlight: 1 });
    expect(events).toEqual(["ask 0", "tell 0", "ask 1", "tell 1", "ask 2", "tell 2"]);
    expect(values).toEqual([50, 50, 30]);
  });

  it("tells trials in the order in which they end", async () => {
    const { search, events } = searchOf(99);
    const losses = Array.from({ length: 12 }, (_, index) => index);
    await simulate(search, taskOf(losses), { seed: 1, trials: 12, inFlight: 4 });
    expect(events.slice(0, 4)).toEqual(["ask 0", "ask 1", "ask 2", "ask 3"]);
    const first = [0, 1, 2, 3].toSorted((a, b) => duration(1, a) - duration(1, b))[0];
    expect(events.slice(4, 6)).toEqual([`tell ${first}`, "ask 4"]);
    expect(events.filter((event) => event.startsWith("ask"))).toHaveLength(12);
    expect(new Set(events).size).toBe(24);
  });

  it("ends where the space does, and keeps its incumbent", async () => {
    const { search } = searchOf(2);
    expect(await simulate(search, taskOf([4, 2]), { seed: 0, trials: 5, inFlight: 3 })).toHaveLength(5);
    const again = await simulate(searchOf(2).search, taskOf([4, 2]), { seed: 0, trials: 5, inFlight: 1 });
    expect(again).toEqual([40, 20, 20, 20, 20]);
  });

  it("has durations whose median is 1 and whose logarithm spreads by a half", () => {
    const logs = Array.from({ length: 4000 }, (_, index) => Math.log(duration(7, index)));
    const mean = logs.reduce((sum, log) => sum + log, 0) / logs.length;
    const variance = logs.reduce((sum, log) => sum + (log - mean) ** 2, 0) / logs.length;
    expect(mean).toBeCloseTo(0, 1);
    expect(Math.sqrt(variance)).toBeCloseTo(0.5, 1);
  });
});

describe("a task whose evaluations fail by chance", () => {
  const failing = failingByChance(taskOf(Array.from({ length: 1000 }, () => 1)), 0.2);
  const losses = (seed: number): number[] =>
    Array.from({ length: 1000 }, (_, index) => failing.evaluate({}, { seed, index }).loss);

  it("has that share of them without a loss, the same for every optimizer, others with another seed", () => {
    const failed = losses(1).filter(Number.isNaN).length;
    expect(Math.abs(failed / 1000 - 0.2)).toBeLessThan(0.05);
    expect(losses(1)).toEqual(losses(1));
    expect(losses(1)).not.toEqual(losses(2));
  });

  it("leaves the incumbent as it is where one fails", async () => {
    const values = await simulate(searchOf(30).search, failing, { seed: 1, trials: 30, inFlight: 1 });
    expect(values.at(-1)).toBe(10);
  });
});
