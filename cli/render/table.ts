import Table from "cli-table3";
import { out } from "./colors.ts";
import { cut, lineWidth } from "./lines.ts";
import { widthOf } from "./width.ts";

/** One column of a table. */
export interface Column {
  readonly title: string;
  /** Default "left". */
  readonly align?: "left" | "right";
}

const GAP = 2;
const LEAST_WIDTH = 6;
const NO_BORDERS = {
  top: "",
  "top-mid": "",
  "top-left": "",
  "top-right": "",
  bottom: "",
  "bottom-mid": "",
  "bottom-left": "",
  "bottom-right": "",
  left: "",
  "left-mid": "",
  mid: "",
  "mid-mid": "",
  right: "",
  "right-mid": "",
  middle: " ".repeat(GAP),
};

/**
 * Rows under dim titles, without borders. Where they are wider than a line, the widest columns are cut.
 *
 * @param rows plain text, one cell a column; colours are added by `paint`
 * @param paint colours a finished cell; it must not change its width
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly string[])[],
  paint: (text: string, row: number, column: number) => string = (text) => text,
): string {
  const widths = narrowed(naturalWidths(columns, rows), lineWidth());
  const drawn = new Table({
    head: columns.map(({ title }, index) => out.dim(cut(title, widths[index] ?? 0))),
    colAligns: columns.map(({ align = "left" }) => align),
    chars: NO_BORDERS,
    style: { "padding-left": 0, "padding-right": 0, head: [], border: [], compact: true },
  });
  for (const [row, cells] of rows.entries()) {
    drawn.push(cells.map((cell, column) => paint(cut(cell, widths[column] ?? 0), row, column)));
  }
  return trimmed(drawn.toString());
}

/** The width of a table of these columns before anything is cut. */
export function naturalWidth(columns: readonly Column[], rows: readonly (readonly string[])[]): number {
  return total(naturalWidths(columns, rows));
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(({ title }, index) =>
    rows.reduce((width, cells) => Math.max(width, widthOf(cells[index] ?? "")), widthOf(title)),
  );
}

/** Takes from the widest column until the line holds them all, or none can give any more. */
function narrowed(natural: readonly number[], width: number): readonly number[] {
  const widths = [...natural];
  while (total(widths) > width) {
    const widest = Math.max(...widths);
    if (widest <= LEAST_WIDTH) break;
    widths[widths.indexOf(widest)] = widest - 1;
  }
  return widths;
}

function total(widths: readonly number[]): number {
  return widths.reduce((sum, width) => sum + width, 0) + GAP * (widths.length - 1);
}

function trimmed(text: string): string {
  return text
    .split("\n")
    .map((line) => line.trimEnd())
    .join("\n");
}
