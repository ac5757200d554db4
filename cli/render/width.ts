import { createRequire } from "node:module";

/** Characters of one cell each: what most cells of a table hold, and what counting graphemes takes long for. */
const ASCII = /^[ -~]*$/;

// Both take longer to load than most commands to run, and only a line with colors or other letters needs them.
const load = createRequire(import.meta.url);
const stringWidth: typeof import("string-width").default = (text) => load("string-width").default(text);
const sliceAnsi: typeof import("slice-ansi").default = (...line) => load("slice-ansi").default(...line);

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
