import { resolve } from "node:path";
import { createColors } from "picocolors";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { runCommand } from "../../cli/go-on.ts";
import { duration, figure } from "../../cli/render/figure.ts";
import { outputLine } from "../../cli/render/lines.ts";
import { table } from "../../cli/render/table.ts";
import { liveLine, logTail } from "../../cli/run/lines.ts";
import { resumeCommand } from "../../cli/run/resume-command.ts";
import { openScreen } from "../../cli/run/screen.ts";
import type { Tally } from "../../cli/run/tally.ts";
import { passwordWarning, storeArguments } from "../../cli/store-argument.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";

const TALLY: Tally = {
  finished: 37,
  total: 100,
  best: { number: 29, loss: 0.08123 },
  running: 4,
  failed: 2,
  pruned: 0,
  isPaused: false,
  etaMs: 191_500,
};
const plain = createColors(false);

it("of a stack the frames of Node.js are not shown", () => {
  const stack = [
    "Error: boom",
    "    at objective (/home/ada/sweep.ts:6:11)",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
  ];
  expect(logTail(3, stack.join("\n")).split("\n")).toEqual([
    expect.stringMatching(/#3 \|\S* Error: boom$/),
    expect.stringMatching(/#3 \|\S* {5}at objective \(\/home\/ada\/sweep\.ts:6:11\)$/),
  ]);
});

it.each([
  ["plain,\tand wide: 完", "plain,\tand wide: 完"],
  ["\u001b[31mred\u001b[0m", "\u001b[31mred\u001b[0m"],
  ["\u001b[2J\u001b]0;title\u0007\u0007\u001b[1Aevil\u0008\u009b2K", "evil"],
  [" 10%\r 20%\r 30%\r", " 30%"],
])("what a trial printed cannot rule the terminal: %j", (printed, shown) => {
  expect(logTail(1, printed)).toMatch(/^\S*#1 \|/);
  expect(outputLine(printed)).toBe(shown);
  expect(logTail(1, printed).endsWith(` ${shown}`)).toBe(true);
});

describe("the live line", () => {
  it("tells how far the study is", () => {
    expect(liveLine(TALLY, null, plain)).toBe("37/100 · best 0.08123 (#29) · 4 running · 2 failed · ETA 3m12s");
    expect(liveLine({ ...TALLY, isPaused: true, failed: 0 }, null, plain)).toBe(
      "37/100 · best 0.08123 (#29) · 4 running · paused",
    );
    const begun: Tally = { ...TALLY, finished: 0, total: null, best: null, failed: 0, etaMs: null };
    expect(liveLine(begun, "ending", plain)).toBe("0 · 4 running · ending");
  });

  it("stays below what is said, and goes away at the end", async () => {
    let written = "";
    const write = (text: string): void => {
      written += text;
    };
    const stream = { isTTY: true, columns: 80, rows: 24, write };
    const screen = await openScreen(stream as unknown as NodeJS.WriteStream); // all that a screen uses of one
    screen.draw("1/2");
    screen.say("a trial failed");
    screen.draw("2/2");
    screen.clear();
    expect(screenAfter(written)).toEqual(["a trial failed"]);
    expect(written).not.toContain("\u001b[?25l");
  });
});

/** What a terminal shows after some output: its lines, with "erase line" and "cursor up" obeyed. */
function screenAfter(output: string): readonly string[] {
  const lines = [""];
  let row = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: terminals are told by control characters
  for (const [piece] of output.matchAll(/\u001b\[(\d*)([A-Z])|\n|[^\u001b\n]+/g)) {
    if (piece === "\n") lines[++row] ??= "";
    else if (piece.endsWith("A") && piece.startsWith("\u001b")) row -= Number(piece.slice(2, -1)) || 1;
    else if (piece.startsWith("\u001b[2K")) lines[row] = "";
    else if (!piece.startsWith("\u001b")) lines[row] += piece;
  }
  return lines.filter((line) => line !== "");
}

describe("figures", () => {
  it.each([
    [0.123456, "0.1235"],
    [12345, "12345"],
    [1.5e-7, "1.5e-7"],
    [-0.5, "-0.5"],
    [123456.789, "123500"],
  ])("%d is shown as %s", (value, text) => expect(figure(value)).toBe(text));

  it.each([
    [412, "412ms"],
    [1234, "1.2s"],
    [192_000, "3m12s"],
    [7_265_000, "2h1m"],
  ])("%d ms are shown as %s", (value, text) => expect(duration(value)).toBe(text));
});

describe("tables", () => {
  it("cut the widest column where a line is too short", () => {
    const rows = [
      ["1", "x".repeat(200), "end"],
      ["2", "two\n lines", "end"],
    ];
    const lines = table([{ title: "#" }, { title: "message" }, { title: "last" }], rows).split("\n");
    expect(lines).toHaveLength(3);
    expect(lines[1]).toMatch(/^1 {2}x+… {2}end$/);
    expect(lines[1]?.length).toBeLessThanOrEqual(80);
    expect(lines[2]).toMatch(/^2 {2}two lines +end$/);
  });
});

describe("the store in a printed command", () => {
  beforeEach(() => void vi.stubEnv("npm_lifecycle_event", ""));
  afterEach(() => vi.unstubAllEnvs());

  it("is left out where the command takes it anyway, and never shows a password", () => {
    const url = "redis://me:secret@host:6379";
    expect(storeArguments(".parzen/parzen.db")).toEqual([]);
    expect(storeArguments(url)).toEqual(["--store", "redis://me:***@host:6379"]);
    expect(passwordWarning(url)).toMatch(/PARZEN_STORE/);
    expect(passwordWarning("redis://host")).toBeNull();
    vi.stubEnv("PARZEN_STORE", url);
    expect(storeArguments(url)).toEqual([]);
    expect(passwordWarning(url)).toBeNull();
    expect(storeArguments(".parzen/parzen.db")).toEqual(["--store", ".parzen/parzen.db"]);
  });

  const noted = (name: string, resume: string) =>
    ({ name, notes: { run: { resume, objective: "a" } }, settings: { maxTrials: 9 } }) as unknown as StudyRecord; // all that is read

  it("is the reader's in a command that was noted elsewhere", () => {
    const cases = [
      ["a", "parzen run a.ts", "x.db", "parzen run a.ts --store x.db -n 9"],
      ["b", "parzen run a.ts -n 5 --store 'my runs.db' --name b", "x.db", "parzen run a.ts -n 9 --store x.db --name b"],
      ["a", "parzen run a.ts --store 'redis://u:***@h'", ".parzen/parzen.db", "parzen run a.ts -n 9"],
    ] as const;
    for (const [name, resume, store, command] of cases) {
      expect(runCommand(noted(name, resume), { store })).toBe(command);
    }
  });

  it("comes with the name that the study has now, and with nothing that only looks like a flag", () => {
    const here = { store: ".parzen/parzen.db" };
    const moved = noted("a.2026-01-02", "parzen run '1 -n 2 --store x/it'\\''s.ts' -n 5");
    expect(runCommand(moved, here)).toBe("parzen run '1 -n 2 --store x/it'\\''s.ts' -n 9 --name a.2026-01-02");
    expect(runCommand(noted("c d", "parzen run a.ts --name b -v"), here)).toBe("parzen run a.ts --name 'c d' -v -n 9");
    const ofProgram = { ...moved, notes: {} };
    expect(runCommand(ofProgram, { store: "x.db" })).toBe("parzen run <sweep> --store x.db --name a.2026-01-02");
  });
});

describe("the sweep in a command that was noted elsewhere", () => {
  it.each([
    ["a.ts", resolve("a.ts"), "a.ts"],
    ["a.ts", "/home/ada/a.ts", "/home/ada/a.ts"],
    ["'my runs/a.ts'", resolve("my runs/a.ts"), "'my runs/a.ts'"],
    ["'it'\\''s/a.ts'", resolve("it's/a.ts"), "'it'\\''s/a.ts'"],
    ["../a.ts", "/home/ada's/a.ts", "'/home/ada'\\''s/a.ts'"],
    ["digits-mlp", "/opt/parzen/search-spaces/digits-mlp.ts", "digits-mlp"],
  ])("%s of %s is %s", (typed, sweep, shown) => {
    vi.stubEnv("npm_lifecycle_event", "");
    const run = { resume: `node ../dist/cli/main.js run ${typed} -v`, objective: "a", sweep };
    const study = { name: "a", notes: { run }, settings: { maxTrials: 9 } } as unknown as StudyRecord; // all that is read
    expect(runCommand(study, { store: ".parzen/parzen.db" })).toBe(`parzen run ${shown} -v -n 9`);
    vi.unstubAllEnvs();
  });
});

describe("the command that resumes", () => {
  it("has the same options, without those that only the first run needs, and is quoted for a shell", () => {
    vi.stubEnv("npm_lifecycle_event", "");
    const flags = { store: "/data/my runs.db", maxTrials: 5, gpus: "0:2", fresh: true, dryRun: true, name: "a'b" };
    expect(resumeCommand("sweeps/one.ts", flags)).toBe(
      `parzen run sweeps/one.ts -n 5 --gpus 0:2 --store '/data/my runs.db' --name 'a'\\''b'`,
    );
    expect(resumeCommand("digits-mlp", { store: ".parzen/parzen.db" })).toBe("parzen run digits-mlp");
    const fleet = { store: "a.db", artifacts: "/shared", parallelism: 8, lock: 5000, logJson: true, metricsPort: 9464 };
    expect(resumeCommand("a.ts", fleet)).toBe(
      "parzen run a.ts --store a.db --artifacts /shared --parallelism 8 --lock 5000ms --metrics-port 9464 --log-json",
    );
    vi.unstubAllEnvs();
  });
});
