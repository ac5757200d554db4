import { describe, expect, it, onTestFinished, vi } from "vitest";
import { cut, lineWidth } from "../../../cli/render/lines.ts";
import { paramsLine } from "../../../cli/render/params.ts";
import { fittingColumns, table } from "../../../cli/render/table.ts";
import { padded, widthOf } from "../../../cli/render/width.ts";

describe("how many cells a text takes", () => {
  it.each([
    ["größe", 5],
    ["gro\u0308ße", 5],
    ["日本語", 6],
    ["ｱｲｳ", 3],
    ["한국어", 6],
    ["🎉!", 3],
    ["x → y", 5],
  ])("%s: %d", (text, width) => expect(widthOf(text)).toBe(width));

  it("counts for what is cut and filled", () => {
    expect(cut("日本語の名前", 7)).toBe("日本語…");
    expect(cut("a🎉🎉🎉", 5)).toBe("a🎉…");
    expect(cut("\u001b[31mred\u001b[39m alert", 9)).toBe("red alert");
    expect(cut("one\r\n  two\tthree\u0007", 40)).toBe("one two three ");
    expect(padded("日本", 6)).toBe("日本  ");
    const lines = table([{ title: "name" }, { title: "end" }], [["日本語".repeat(20), "end"]]).split("\n");
    expect(lines[1]).toMatch(/…\s+end$/);
    expect(widthOf(lines[1] ?? "")).toBeLessThanOrEqual(80);
  });
});

describe("a table", () => {
  it("stands in columns, numbers to the right, colours outside the measure", () => {
    const columns = [{ title: "#", align: "right" }, { title: "state" }, { title: "loss", align: "right" }] as const;
    const rows = [
      ["9", "完了", "0.5"],
      ["10", "failed", "-"],
    ];
    const red = (text: string, _row: number, column: number): string => (column === 1 ? `<${text}>` : text);
    expect(table(columns, rows, red)).toBe([" #  state   loss", " 9  <完了>     0.5", "10  <failed>     -"].join("\n"));
  });

  it("knows how many columns a line holds", () => {
    const columns = ["a", "b", "c"].map((title) => ({ title }));
    const cells = (width: number): string[][] => [["x".repeat(20), "y".repeat(30), "z".repeat(width)]];
    expect(fittingColumns(columns, cells(26))).toBe(3); // 20 + 2 + 30 + 2 + 26 = 80
    expect(fittingColumns(columns, cells(27))).toBe(2);
  });
});

describe("how wide a line is", () => {
  it.each([
    [0, undefined, 80],
    [undefined, undefined, 80],
    [50, "90", 50],
    [undefined, "90", 90],
    [undefined, "-4", 80],
    [undefined, "wide", 80],
  ])("a terminal of %j columns and COLUMNS=%j: %d", (columns, told, width) => {
    const before = process.stdout.columns;
    onTestFinished(() => {
      process.stdout.columns = before;
      vi.unstubAllEnvs();
    });
    process.stdout.columns = columns as number; // undefined where it is no terminal
    vi.stubEnv("COLUMNS", told);
    expect(lineWidth()).toBe(width);
  });
});

it("a param shows what a terminal would obey", () => {
  expect(paramsLine([["kind", "a\tb\n\u001b[31m\u009bred"]])).toBe("kind=a\\tb\\n\\u001b[31m\\u009bred");
});
