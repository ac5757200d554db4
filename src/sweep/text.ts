import { isUtf8 } from "node:buffer";
import { SweepError } from "./sweep-error.ts";
import { positionOf } from "./text-place.ts";

/** What stands in a text wherever its bytes were no UTF-8, and for itself where they are its own. */
const REPLACEMENT = "\ufffd";
const OWN_BYTES = Buffer.from(REPLACEMENT);

/**
 * The text of a file in UTF-8.
 *
 * @param file as messages show it
 * @throws SweepError naming the place of what is none
 */
export function textOf(bytes: Buffer, file: string): string {
  const text = bytes.toString("utf8");
  const expected = "expected text in UTF-8";
  if (bytes.includes(0)) {
    const hint = "It may be UTF-16, which some editors and shells of Windows write: save it as UTF-8.";
    throw new SweepError({ file, path: "", expected, hint });
  }
  if (isUtf8(bytes)) return text;
  const hint = "It may be in an older encoding, such as Latin-1: save it as UTF-8.";
  throw new SweepError({ file, position: positionOf(text, firstReplaced(text, bytes)), path: "", expected, hint });
}

/** Of bytes that are no UTF-8. Before it, they and the text say the same. */
function firstReplaced(text: string, bytes: Buffer): number {
  let at = text.indexOf(REPLACEMENT);
  let offset = Buffer.byteLength(text.slice(0, at));
  while (bytes.subarray(offset, offset + OWN_BYTES.length).equals(OWN_BYTES)) {
    const next = text.indexOf(REPLACEMENT, at + 1);
    offset += Buffer.byteLength(text.slice(at, next));
    at = next;
  }
  return at;
}
