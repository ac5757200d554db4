import { type Document, isMap, isPair, isSeq, LineCounter, type Pair, parseDocument } from "yaml";
import type { SweepSource } from "./source.ts";
import { type Position, SweepError } from "./sweep-error.ts";
import { textOf } from "./text.ts";
import { faultOf, keyText, startOf, type YamlFault } from "./yaml-faults.ts";
import { tooDeep } from "./yaml-nesting.ts";
import { References } from "./yaml-references.ts";

/** A definition read from YAML or JSON, with the places of its parts. */
export interface YamlSweep {
  readonly definition: unknown;
  readonly source: SweepSource;
}

/**
 * Reads YAML 1.2, of which JSON is a part; `<<` merges as it did in 1.1.
 *
 * @param content text, or its bytes in UTF-8
 * @param file as messages show it
 * @throws SweepError for bytes that are no UTF-8, what is no YAML or is empty, a key given twice or that is no text, an unknown
 * tag or alias, an alias inside of what it repeats, a merge of what is no object, or more than 200 levels
 */
export function parseSweep(content: string | Buffer, file: string): YamlSweep {
  const text = typeof content === "string" ? content : textOf(content, file);
  const lines = new LineCounter();
  const failAt = ({ expected, at }: YamlFault): SweepError =>
    new SweepError({ file, position: at === null ? null : position(lines, at), path: "", expected });
  const deep = tooDeep(text, lines);
  if (deep !== null) throw failAt(deep);
  const document = parseDocument(text, {
    prettyErrors: false,
    uniqueKeys: false, // `faultOf` looks for them
    merge: true,
    stringKeys: true, // `1.50` and `~` are names as they stand
  });
  const references = new References(document);
  const fault = faultOf(document, references);
  if (fault !== null) throw failAt(fault);
  const locate: SweepSource["locate"] = (keys, part) => position(lines, offsetOf(document, references, { keys, part }));
  const definition: unknown = document.toJS({ maxAliasCount: -1 }); // `faultOf` has counted
  return { definition, source: { file, kind: "yaml", text, locate } };
}

function position(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

interface Wanted {
  readonly keys: readonly string[];
  readonly part: "key" | "value";
}

/** Offset of the node that `keys` lead to, or of the last one on the way that is there. */
function offsetOf(document: Document, references: References, { keys, part }: Wanted): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, key] of keys.entries()) {
    const step = childOf(references, node, key);
    if (step === null) break;
    const wanted = part === "key" && index === keys.length - 1 ? step.key : step.value;
    offset = [wanted, step.key].map(startOf).find((start) => start >= 0) ?? offset;
    node = step.value;
  }
  return Math.max(offset, 0);
}

interface Child {
  readonly key: unknown;
  readonly value: unknown;
}

function childOf(references: References, parent: unknown, key: string): Child | null {
  const node = references.resolved(parent);
  if (isSeq(node)) {
    const item: unknown = node.items[Number(key)];
    return item === undefined ? null : { key: null, value: item };
  }
  if (!isMap(node)) return null;
  const own = node.items.find((item): item is Pair => isPair(item) && keyText(item.key) === key);
  if (own !== undefined) return own;
  const merged = references.mergedInto(node).map((source) => childOf(references, source, key));
  return merged.find((child) => child !== null) ?? null;
}
