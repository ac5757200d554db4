import type { SweepSource } from "./source.ts";
import type { Position } from "./sweep-error.ts";
import { positionOf } from "./text-place.ts";

/**
 * Places of keys in the text of a module, as far as they can be read off without running it: keys of the object literal
 * that is exported, and of literals inside it. A key that is spread in, computed or quoted has no place.
 *
 * @param file as messages show it
 */
export function moduleSource(text: string, file: string): SweepSource {
  const code = blank(text);
  const start = /\bdefineSweep\s*\(/.exec(code) ?? /\bexport\s+default\b|\bmodule\.exports\b/.exec(code);
  const locate = (keys: readonly string[]): Position | null => {
    const offset = start === null ? -1 : offsetOf(code, start.index + start[0].length, keys);
    return offset < 0 ? null : positionOf(text, offset);
  };
  return { file, kind: "module", text, locate };
}

/** Text of the same length in which comments and strings are spaces. */
function blank(text: string): string {
  const skipped = /\/\/[^\n]*|\/\*[\s\S]*?\*\/|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\.|[^`\\])*`/g;
  return text.replace(skipped, (match) => match.replace(/[^\n]/g, " "));
}

/** Offset of the last of `keys` that is there; -1 for none. */
function offsetOf(code: string, from: number, keys: readonly string[]): number {
  let found = -1;
  let inside = afterBrace(code, from);
  for (const key of keys) {
    const at = inside < 0 ? -1 : keyOffset(code, inside, key);
    if (at < 0) break;
    found = at;
    inside = afterBrace(code, at + key.length);
  }
  return found;
}

/** Just inside the object literal that begins at `from`, a colon or a bracket before it; -1 where another thing does. */
function afterBrace(code: string, from: number): number {
  const opening = /^[\s:(]*\{/.exec(code.slice(from));
  return opening === null ? -1 : from + opening[0].length;
}

/** Offset of a key of the object literal whose inside begins at `from`; -1 where it has none. */
function keyOffset(code: string, from: number, key: string): number {
  let depth = 0;
  for (let at = from; at < code.length && depth >= 0; at++) {
    const character = code.charAt(at);
    if (depth === 0 && code.startsWith(key, at) && isKey(code, at, key)) return at;
    if ("{[(".includes(character)) depth++;
    else if ("}])".includes(character)) depth--;
  }
  return -1;
}

function isKey(code: string, at: number, key: string): boolean {
  return /[\s{,]$/.test(code.slice(0, at)) && /^\s*[:,(}]/.test(code.slice(at + key.length));
}
