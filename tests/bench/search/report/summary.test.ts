import { describe, expect, it } from "vitest";
import { type Curve, comparable, formatCurve, longest, parseCurves } from "../../../../bench/search/curve.ts";
import type { Search } from "../../../../bench/search/optimizer.ts";
import { markdown } from "../../../../bench/search/report/markdown.ts";
import { summarize } from "../../../../bench/search/report/summary.ts";
import { simulate } from "../../../../bench/search/simulate.ts";
import type { Task } from "../../../../bench/search/task.ts";

const task = (name: string, kind: string): Task => ({
  name,
  kind,
  space: [],
  optimum: 1,
  random: { median: 2 },
  recorded: [],
  version: "",
  evaluate: () => ({ loss: Number.NaN, true: Number.NaN }),
});

/** Three runs of an optimizer whose regret after trial n is `regret(n)`. */
function runs(of: string, on: string, regret: (trial: number) => number, trials = 100): Curve[] {
  const values = Array.from({ length: trials }, (_, index) => 1 + regret(index + 1));
  return [0, 1, 2].map((seed) => ({ task: on, optimizer: of, seed, inFlight: 1, values }));
}

const eight = (curve: Curve): Curve => ({ ...curve, inFlight: 8 });

/** Every trial of it fails. */
const failing: Search = {
  ask: async () => ({ id: 0, config: {}, ms: 0, cpuMs: 0 }),
  tell: async () => {},
  close: async () => {},
};

const tasks = [task("a", "analytic"), task("b", "forest")];
const curves = [
  ...runs("ours", "a", (trial) => 1 / (10 * trial)),
  ...runs("theirs", "a", (trial) => 1 / trial),
  ...runs("ours", "b", () => 0.5),
  ...runs("theirs", "b", (trial) => 1 / trial),
  ...runs("partial", "a", () => 0.9),
];

const circumstances = {
  date: "2026-01-01",
  machine: "one",
  seeds: 3,
  firstSeed: 40,
  trials: 100,
  inFlight: 1,
  leftOut: [],
};

describe("a summary", () => {
  const summary = summarize({ tasks, curves, ours: ["ours"], trials: 100 });

  it("compares on each set of tasks", () => {
    const beside = summary.comparisons.filter(({ theirs, after }) => theirs === "theirs" && after === 50);
    const [all, real, analytic] = beside;
    expect(beside.map(({ set, tasks: count }) => [set, count])).toEqual([
      ["all", 2],
      ["real", 1],
      ["analytic", 1],
    ]);
    expect(analytic?.ratio.value).toBeCloseTo(0.1, 6);
    expect(real?.ratio.value).toBeCloseTo(25, 6);
    expect(all?.ratio.value).toBeCloseTo(Math.sqrt(2.5), 6);
    expect(all?.wins.value).toBe(0.5);
    expect(all?.worst).toEqual({ task: "b", ratio: expect.closeTo(25, 6) });
  });

  it("compares at the end too, wherever that is", () => {
    const at = (trials: number): number[] =>
      summarize({ tasks, curves, ours: ["ours"], trials }).rankings.map(({ after }) => after);
    expect(at(10)).toEqual([10]);
    expect(at(60)).toEqual([25, 50, 60]);
  });

  it("names our worst task beside whoever is best there", () => {
    expect(summary.worst).toHaveLength(3);
    expect(summary.worst.at(-1)).toEqual({
      ...{ ours: "ours", after: 100, task: "b", theirs: "theirs" },
      ratio: expect.closeTo(50, 6),
    });
  });

  it("counts the trials that equal a peer's, where we get there", () => {
    const [equalling] = summary.equallings.filter(({ theirs }) => theirs === "theirs");
    expect(equalling).toMatchObject({ trials: 100, tasks: { a: 10, b: null }, median: null });
  });

  it("ranks those who ran on every task, and reads as a report", () => {
    expect(summary.rankings.map(({ after }) => after)).toEqual([25, 50, 100]);
    expect(summary.rankings[0]?.rows.map(({ optimizer }) => optimizer)).toEqual(["ours", "theirs"]);
    const text = markdown(summary, circumstances);
    expect(text).toContain(
      "| ours | theirs | 50 | analytic (1) | 0.100 [0.100, 0.100] | 1.000 [1.000, 1.000] | a 0.10 |",
    );
    expect(text).toContain("without three runs of so many trials on each of these tasks: partial.\n");
    expect(text).not.toContain("Left out");
    expect(markdown(summary, { ...circumstances, inFlight: 8, leftOut: ["longer"] })).toContain("knew more: longer.\n");
    expect(text).toContain("| a | 10 |\n| b | more |\n| median | more |");
    expect(text).toContain("| a | analytic | 0.0010 | 0.90 | 0.010 |");
  });
});

it("a run that found nothing is its optimizer's worst, and none is left out", async () => {
  const found = runs("lucky", "a", () => 0.01, 25);
  const nothing = await simulate(failing, task("a", "analytic"), { seed: 0, trials: 25, inFlight: 1 });
  const unlucky = runs("unlucky", "a", () => 0.01, 25).map((run) =>
    run.seed === 0 ? { ...run, values: nothing } : run,
  );
  const kept = parseCurves([...found, ...unlucky].map(formatCurve).join("\n"));
  const { rankings } = summarize({ tasks, curves: kept, ours: ["unlucky"], trials: 25 });
  expect(rankings[0]?.rows).toMatchObject([
    { optimizer: "lucky", rank: { value: expect.closeTo(4 / 3, 6) } },
    { optimizer: "unlucky", rank: { value: expect.closeTo(5 / 3, 6) } },
  ]);
  expect(rankings[0]?.rows[1]?.regret.value).toBeCloseTo(0.01 ** (2 / 3), 6);
});

describe("a curve file", () => {
  const [curve] = runs("ours", "a", (trial) => 1 / Math.ceil(trial / 7));

  it("comes back from its short form", () => {
    const [back] = parseCurves(`${formatCurve(curve!)}\n`);
    expect(back?.values).toHaveLength(100);
    for (const [index, value] of curve!.values.entries()) expect(back?.values[index]).toBeCloseTo(value, 6);
  });

  it("may hold incumbents written out; what does not count trials is left out", () => {
    const line = { task: "a", optimizer: "x", seed: 2, best_so_far: [3, 2, 2] };
    const lines = [line, { ...line, unit: "full trainings" }].map((each) => JSON.stringify(each));
    expect(parseCurves(lines.join("\n"))).toEqual([
      { task: "a", optimizer: "x", seed: 2, inFlight: 1, values: [3, 2, 2] },
    ]);
  });

  it("compares with the beginning of a longer run only where trials come one after another", () => {
    const alone = runs("ours", "a", () => 0.5, 200);
    const together = [60, 100].flatMap((trials) => runs("ours", "a", () => 0.5, trials)).map(eight);
    const lengths = (trials: number) => comparable([...alone, ...together], trials).map(({ values }) => values.length);
    expect(lengths(60)).toEqual([200, 200, 200, 60, 60, 60]);
    expect(lengths(100)).toEqual([200, 200, 200, 100, 100, 100]);
  });

  it("keeps the longest curve of a run", () => {
    const short = { ...curve!, values: curve!.values.slice(0, 9) };
    expect(longest([short, curve!, short])).toEqual([curve]);
  });
});
