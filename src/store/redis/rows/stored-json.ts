import { ParzenError } from "../../../errors.ts";
import { fromExactJson, toExactJson } from "../../exact-json.ts";

/** What a document in Redis may be: far above what a study writes, far below what would hurt a process. */
const MAX_CHARACTERS = 16 * 1024 * 1024;
const MAX_DEPTH = 64;

/**
 * JSON for Redis, in which every double survives.
 *
 * @param what for the message
 * @throws DATA_INVALID for what would not be read back
 */
export function toStored(value: unknown, what: string): string {
  const json = toExactJson(value);
  // A short text is not deep, and hardly any has such a key: the walk is for the others.
  const isSuspect = json.length > 2 * MAX_DEPTH && (json.includes("__proto__") || hasDepth(json));
  if (json.length <= MAX_CHARACTERS && !(isSuspect || json.includes("__proto__"))) return json;
  const wrong =
    json.length > MAX_CHARACTERS ? `longer than ${MAX_CHARACTERS} characters` : wrongIn(JSON.parse(json), 0);
  if (wrong === null) return json;
  throw new ParzenError("DATA_INVALID", `${what}: it is ${wrong}, which the store does not keep`);
}

/** Whether so many brackets open that the text may be too deep. */
function hasDepth(json: string): boolean {
  let open = 0;
  for (let at = 0; at < json.length && open <= MAX_DEPTH; at++) {
    const character = json.charCodeAt(at);
    if (character === 0x5b || character === 0x7b) open++;
    else if (character === 0x5d || character === 0x7d) open--;
  }
  return open > MAX_DEPTH;
}

/**
 * Reads what `toStored` wrote. Somebody else may have written there as well.
 *
 * @param key where it was found
 * @throws STORE_CORRUPT for anything that is no JSON, too long, too deep, or has a key `__proto__`
 */
export function fromStored(text: string, key: string): unknown {
  if (text.length > MAX_CHARACTERS) throw corrupt(key, "a value that is too long");
  let value: unknown;
  try {
    value = fromExactJson(text);
  } catch (cause) {
    throw corrupt(key, "what is no JSON", cause);
  }
  // A key may be written with escapes.
  const isSuspect = text.includes("__proto__") || text.includes("\\") || hasDepth(text);
  const wrong = isSuspect ? wrongIn(value, 0) : null;
  if (wrong !== null) throw corrupt(key, `a value that is ${wrong}`);
  return value;
}

/** Why a value is not kept, or null. */
function wrongIn(value: unknown, depth: number): string | null {
  if (typeof value !== "object" || value === null) return null;
  if (depth === MAX_DEPTH) return `deeper than ${MAX_DEPTH} levels`;
  if (Object.hasOwn(value, "__proto__")) return "of an object with a key __proto__";
  for (const inner of Object.values(value)) {
    const wrong = typeof inner === "object" && inner !== null ? wrongIn(inner, depth + 1) : null;
    if (wrong !== null) return wrong;
  }
  return null;
}

/** A key that holds what this version never writes there. */
export function corrupt(key: string, holds: string, cause?: unknown): ParzenError {
  return new ParzenError("STORE_CORRUPT", `the store is damaged: ${key} holds ${holds}`, {
    hint: "Restore a backup of the server, or delete the study and import an export of it",
    cause,
  });
}
