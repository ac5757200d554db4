/** Characters that take two cells of a terminal. */
const WIDE =
  /[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303e\uff01-\uff60\uffe0-\uffe6]/u;

/** Those of `WIDE` scripts that are made to take one. */
const HALF = /[\uff61-\uffdc]/u;

/** Characters that take none: they join the one before. */
const JOINED = /[\p{Mark}\p{Cf}]/u;

const NARROW_TEXT = /^[\x20-\x7e]*$/;

/** How many cells of a terminal a line takes. */
export function widthOf(line: string): number {
  if (NARROW_TEXT.test(line)) return line.length;
  return [...line].reduce((width, character) => width + cellsOf(character), 0);
}

/** The start of a line, as much of it as `width` cells hold. */
export function startOf(line: string, width: number): string {
  if (NARROW_TEXT.test(line)) return line.slice(0, Math.max(0, width));
  let left = width;
  let start = "";
  for (const character of line) {
    left -= cellsOf(character);
    if (left < 0) break;
    start += character;
  }
  return start;
}

/** A line with spaces behind it, up to `width` cells. */
export function padded(line: string, width: number): string {
  return line + " ".repeat(Math.max(0, width - widthOf(line)));
}

function cellsOf(character: string): number {
  if (JOINED.test(character)) return 0;
  return WIDE.test(character) && !HALF.test(character) ? 2 : 1;
}
