import sliceAnsi from "slice-ansi";
import stringWidth from "string-width";

/** Characters of one cell each: what most cells of a table hold, and what counting graphemes takes long for. */
const ASCII = /^[ -~]*$/;

/** How many cells of a terminal a line takes. */
export function widthOf(line: string): number {
  return ASCII.test(line) ? line.length : stringWidth(line);
}

/** The start of a line, as much of it as `width` cells hold. */
export function startOf(line: string, width: number): string {
  if (ASCII.test(line)) return line.slice(0, Math.max(0, width));
  const start = sliceAnsi(line, 0, Math.max(0, width));
  return widthOf(start) <= width ? start : sliceAnsi(line, 0, width - 1); // a wide character would stand out
}

/** A line with spaces behind it, up to `width` cells. */
export function padded(line: string, width: number): string {
  return line + " ".repeat(Math.max(0, width - widthOf(line)));
}
