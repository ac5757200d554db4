import {
  type Document,
  isMap,
  isPair,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type Pair,
  parseDocument,
  type YAMLError,
} from "yaml";
import type { SweepSource } from "./source.ts";
import { type Position, SweepError } from "./sweep-error.ts";
import { mergedInto, resolved, wrongReference } from "./yaml-references.ts";

/** A definition read from YAML or JSON, with the places of its parts. */
export interface YamlSweep {
  readonly definition: unknown;
  readonly source: SweepSource;
}

/**
 * Reads YAML 1.2, of which JSON is a part; `<<` merges as it did in 1.1.
 *
 * @param file as messages show it
 * @throws SweepError for text that is no YAML or empty, a key given twice or that is no text, an unknown tag or alias, an
 * alias inside of what it repeats, or a merge of what is no object
 */
export function parseSweep(text: string, file: string): YamlSweep {
  if (text.includes("\u0000")) {
    const hint = "It may be UTF-16, which some editors and shells of Windows write: save it as UTF-8.";
    throw new SweepError({ file, path: "", expected: "expected text in UTF-8", hint });
  }
  const lines = new LineCounter();
  const document = parseDocument(text, {
    lineCounter: lines,
    prettyErrors: false,
    uniqueKeys: true,
    merge: true,
    stringKeys: true, // `1.50` and `~` are names as they stand
  });
  const fault = faultOf(document, text);
  if (fault !== null) {
    const place = fault.at === null ? null : position(lines, fault.at);
    throw new SweepError({ file, position: place, path: "", expected: fault.expected });
  }
  const locate: SweepSource["locate"] = (keys, part) => position(lines, offsetOf(document, keys, part));
  return { definition: toValue(document, file), source: { file, kind: "yaml", text, locate } };
}

interface Fault {
  readonly expected: string;
  /** Offset in the text; null for the whole of it. */
  readonly at: number | null;
}

/** The first thing that is wrong with the YAML, whatever it says. */
function faultOf(document: Document, text: string): Fault | null {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) return { expected: sentence(problem, text), at: problem.pos[0] };
  if (document.contents === null) return { expected: "the file is empty, or holds nothing but comments", at: null };
  const wrong = wrongReference(document);
  return wrong === null ? null : { expected: wrong.problem, at: startOf(wrong.node) };
}

function toValue(document: Document, file: string): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const expected = "aliases of aliases make this file too large"; // the one thing that is checked only here
    throw new SweepError({ file, path: "", expected, cause: error });
  }
}

function sentence(problem: YAMLError, text: string): string {
  switch (problem.code) {
    case "DUPLICATE_KEY":
      return `the key ${/^[^\s:,}]+/.exec(text.slice(problem.pos[0]))?.[0] ?? ""} is given twice`;
    case "NON_STRING_KEY":
      return "a key is text, and no list, object or alias";
    case "MULTIPLE_DOCS":
      return "a second document begins, but a sweep is one";
    case "TAB_AS_INDENT":
      return "a tab indents this line, but YAML wants spaces";
    default:
      return problem.message;
  }
}

function position(lines: LineCounter, offset: number): Position {
  const { line, col } = lines.linePos(offset);
  return { line: Math.max(line, 1), column: Math.max(col, 1) };
}

/** Offset of the node that `keys` lead to, or of the last one on the way that is there. */
function offsetOf(document: Document, keys: readonly string[], part: "key" | "value"): number {
  let node: unknown = document.contents;
  let offset = startOf(node);
  for (const [index, key] of keys.entries()) {
    const step = childOf(document, node, key);
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

function childOf(document: Document, parent: unknown, key: string): Child | null {
  const node = resolved(document, parent);
  if (isSeq(node)) {
    const item: unknown = node.items[Number(key)];
    return item === undefined ? null : { key: null, value: item };
  }
  if (!isMap(node)) return null;
  const own = node.items.find((item): item is Pair => isPair(item) && nameOf(item.key) === key);
  if (own !== undefined) return own;
  const merged = mergedInto(document, node).map((source) => childOf(document, source, key));
  return merged.find((child) => child !== null) ?? null;
}

function nameOf(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

function startOf(node: unknown): number {
  return (node as Partial<Node> | null)?.range?.[0] ?? -1; // of what is no node, there is no range
}
