import Table from "cli-table3";
import { out } from "./colors.ts";

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

/** How many characters a line of stdout holds. 80 where it is no terminal; COLUMNS overrides that. */
export function lineWidth(): number {
  return process.stdout.columns ?? (Number(process.env["COLUMNS"]) || 80);
}

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

/** Names and their values below each other, the names dim. */
export function pairs(entries: readonly (readonly [name: string, value: string])[], indent = "  "): string {
  const width = Math.max(0, ...entries.map(([name]) => name.length));
  return entries.map(([name, value]) => `${indent}${out.dim(name.padEnd(width))}  ${value}`).join("\n");
}

/** One line of at most `width` characters; an ellipsis marks what is cut off. */
export function cut(text: string, width: number): string {
  const line = text.replaceAll(/\s*\n\s*/g, " ");
  return line.length <= width ? line : `${line.slice(0, Math.max(0, width - 1))}…`;
}

/** The width of a table of these columns before anything is cut. */
export function naturalWidth(columns: readonly Column[], rows: readonly (readonly string[])[]): number {
  return total(naturalWidths(columns, rows));
}

function naturalWidths(columns: readonly Column[], rows: readonly (readonly string[])[]): number[] {
  return columns.map(({ title }, index) =>
    rows.reduce((width, cells) => Math.max(width, cells[index]?.length ?? 0), title.length),
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
