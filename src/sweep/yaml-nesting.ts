import { type CST, type LineCounter, Parser } from "yaml";
import type { YamlFault } from "./yaml-faults.ts";

/** Levels of lists and objects in a file; a space may have 32 of its own. */
const MAX_LEVELS = 200;

/**
 * The first part of a file with too many levels around it; null where none has. What reads the parts goes down by recursion,
 * and where that takes the whole stack a regular expression may end the process.
 *
 * @param lines is told of every line
 */
export function tooDeep(text: string, lines: LineCounter): YamlFault | null {
  const expected = `more than ${MAX_LEVELS} lists and objects stand inside of each other`;
  try {
    const at = offsetBelow([...new Parser(lines.addNewLine).parse(text)]);
    return at === null ? null : { expected, at };
  } catch (error) {
    if (error instanceof RangeError) return { expected, at: null }; // lines end all that they indent by recursion
    throw error;
  }
}

function offsetBelow(documents: readonly CST.Token[]): number | null {
  let level = documents.flatMap(partsOf);
  for (let depth = 1; level.length > 0; depth++) {
    const within = depth > MAX_LEVELS ? level.find((token) => "items" in token) : undefined;
    if (within !== undefined) return within.offset;
    level = level.flatMap(partsOf);
  }
  return null;
}

function partsOf(token: CST.Token): readonly CST.Token[] {
  if (token.type === "document") return token.value === undefined ? [] : [token.value];
  if (!("items" in token)) return [];
  return token.items.flatMap(({ key, value }) => [key ?? [], value ?? []].flat());
}
