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
  const widths = narrowed(
    columns.map((column, index) => naturalWidth(column, index, rows)),
    lineWidth(),
  );
  const line = (cells: readonly string[], colour: (text: string, column: number) => string): string =>
    cells
      .map((cell, column) => {
        const width = widths[column] ?? 0;
        const text = cut(cell, width);
        const space = " ".repeat(Math.max(0, width - widthOf(text)));
        return columns[column]?.align === "right" ? space + colour(text, column) : colour(text, column) + space;
      })
      .join(" ".repeat(GAP))
      .trimEnd();
  const titles = columns.map(({ title }) => title);
  return [line(titles, out.dim), ...rows.map((cells, row) => line(cells, (text, at) => paint(text, row, at)))].join(
    "\n",
  );
}

/** How many columns, from the first, a line holds before anything is cut. */
export function fittingColumns(columns: readonly Column[], rows: readonly (readonly string[])[]): number {
  let width = -GAP;
  const over = columns.findIndex((column, index) => {
    width += GAP + naturalWidth(column, index, rows);
    return width > lineWidth();
  });
  return over < 0 ? columns.length : over;
}

function naturalWidth({ title }: Column, index: number, rows: readonly (readonly string[])[]): number {
  return rows.reduce((width, cells) => Math.max(width, widthOf(cells[index] ?? "")), widthOf(title));
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
