import type { SweepSource } from "./source.ts";
import type { Position } from "./sweep-error.ts";

/**
 * The place of a character of a text that is the value of a key; null where the file has it in another form, as with
 * escapes or over several lines.
 *
 * @param at offset in `text`
 */
export function placeInText(source: SweepSource, keys: readonly string[], text: string, at: number): Position | null {
  const key = source.locate(keys, "value");
  if (key === null) return null;
  const from = offsetOf(source.text, key);
  const found = source.text.indexOf(text, from);
  return found < 0 ? null : positionOf(source.text, found + at);
}

function offsetOf(text: string, { line, column }: Position): number {
  let offset = 0;
  for (let before = 1; before < line; before++) offset = text.indexOf("\n", offset) + 1;
  return offset + column - 1;
}

/** The place of an offset. */
export function positionOf(text: string, offset: number): Position {
  const before = text.slice(0, offset);
  const lineStart = before.lastIndexOf("\n") + 1;
  return { line: before.split("\n").length, column: offset - lineStart + 1 };
}
