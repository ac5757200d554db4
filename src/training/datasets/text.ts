import { isUtf8 } from "node:buffer";
import { ParzenError } from "../../errors.ts";

const LINE_FEED = 0x0a;

/**
 * The text of a file. Another encoding would be read all the same, as other columns, or with one letter in the place of
 * several.
 *
 * @throws ParzenError DATA_INVALID naming the line, for what is no UTF-8
 */
export function textOf(file: string, bytes: Buffer): string {
  if (bytes.includes(0) || startsLikeUtf16(bytes)) throw notUtf8(file, "UTF-16, or what is no text");
  if (isUtf8(bytes)) return bytes.toString("utf8");
  throw notUtf8(`${file}:${firstWrongLine(bytes)}`, "a letter of another encoding");
}

/** Its mark of the order of bytes, in either order. */
function startsLikeUtf16([first, second]: Buffer): boolean {
  return (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
}

/** From 1. No letter of UTF-8 holds the byte that ends a line. */
function firstWrongLine(bytes: Buffer): number {
  let line = 1;
  let start = 0;
  for (let end = bytes.indexOf(LINE_FEED); end >= 0; end = bytes.indexOf(LINE_FEED, start)) {
    if (!isUtf8(bytes.subarray(start, end))) return line;
    line++;
    start = end + 1;
  }
  return line;
}

function notUtf8(at: string, received: string): ParzenError {
  return new ParzenError("DATA_INVALID", `${at}: expected text in UTF-8, received ${received}`, {
    hint: "Save the file as UTF-8.",
  });
}
