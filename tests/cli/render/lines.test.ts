import { stripVTControlCharacters } from "node:util";
import { createColors } from "picocolors";
import { describe, expect, it } from "vitest";
import { duration, figure } from "../../../cli/render/figure.ts";
import { outputLine, pairs } from "../../../cli/render/lines.ts";
import { table } from "../../../cli/render/table.ts";
import { liveLine, logTail } from "../../../cli/run/lines.ts";
import { openScreen } from "../../../cli/run/screen.ts";
import type { Tally } from "../../../cli/run/tally.ts";

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
const coloured = createColors(true);

it("what a terminal would obey in a name, as of a metric, is spelt out", () => {
  expect(pairs([["a\u001b[2J\n", "1"]])).toContain("a\\u001b[2J\\n");
  expect(pairs([["a", "\u001b[2J\u001b[31mred\u001b[0m\u001b]0;title\u0007"]])).toContain(
    "\\u001b[2J\u001b[31mred\u001b[0m\\u001b]0;title\\u0007",
  );
});

it("of a stack the frames of Node.js are not shown", () => {
  const stack = [
    "Error: boom",
    "    at objective (/home/ada/sweep.ts:6:11)",
    "    at process.processTicksAndRejections (node:internal/process/task_queues:95:5)",
  ];
  expect(logTail({ number: 3, message: "boom", log: stack.join("\n") }).split("\n")).toEqual([
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
  const tail = logTail({ number: 1, message: "", log: printed });
  expect(tail).toMatch(/^\S*#1 \|/);
  expect(outputLine(printed, coloured)).toBe(shown);
  expect(stripVTControlCharacters(tail)).toBe(`#1 | ${stripVTControlCharacters(shown)}`);
});

it.each([
  ["\u001b[32mgreen, never closed", "\u001b[32mgreen, never closed\u001b[0m", "green, never closed"],
  ["\u001b[1;31mred\u001b[m and plain", "\u001b[1;31mred\u001b[m and plain", "red and plain"],
  ["a \u001b[0m\u001b[7mword", "a \u001b[0m\u001b[7mword\u001b[0m", "a word"],
])(
  "a colour that a trial printed ends with its line, and is left out where there are none: %j",
  (line, shown, text) => {
    expect(outputLine(line, coloured)).toBe(shown);
    expect(outputLine(line, plain)).toBe(text);
  },
);

it("what has several lines stands below its first one", () => {
  const drawn = pairs([
    ["error", "first\nsecond"],
    ["attempts", "1"],
  ]);
  expect(stripVTControlCharacters(drawn)).toBe("  error     first\n            second\n  attempts  1");
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
    expect(screenAfter(written)).toEqual(["a trial failed", "1/2"]);
    screen.draw("2/2");
    screen.clear();
    screen.say("at redis://me:secret@host\u001b[2J");
    expect(screenAfter(written)).toEqual(["a trial failed", "at redis://me:***@host\\u001b[2J"]);
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
    [123456.789, "123457"],
    [-1234567, "-1234567"],
    [1.23456e300, "1.235e+300"],
    [Number.POSITIVE_INFINITY, "Infinity"],
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
