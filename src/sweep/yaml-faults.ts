import { type Document, isScalar, type Node, type Pair, visit, type YAMLError } from "yaml";
import type { References } from "./yaml-references.ts";

/** What is wrong with a text as YAML. */
export interface YamlFault {
  readonly expected: string;
  /** Offset in the text; null for the whole of it. */
  readonly at: number | null;
}

/** The first thing that is wrong with a document, whatever it says. */
export function faultOf(document: Document, references: References): YamlFault | null {
  const problem = document.errors[0] ?? document.warnings[0];
  if (problem !== undefined) return { expected: sentence(problem), at: problem.pos[0] };
  if (document.contents === null) return { expected: "the file is empty, or holds nothing but comments", at: null };
  const again = repeatedKey(document);
  if (again !== null) return { expected: `the key ${keyText(again.key)} is given twice`, at: startOf(again.key) };
  const wrong = references.wrong();
  return wrong === null ? null : { expected: wrong.problem, at: startOf(wrong.node) };
}

function sentence(problem: YAMLError): string {
  switch (problem.code) {
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

/** The library looks through all keys before each, which takes minutes for a file of data that is taken for a sweep. */
function repeatedKey(document: Document): Pair | null {
  let repeated: Pair | null = null;
  visit(document, {
    Map: (_key, { items }) => {
      const seen = new Set<string>();
      for (const pair of items) {
        if (seen.has(keyText(pair.key))) {
          repeated = pair;
          return visit.BREAK;
        }
        seen.add(keyText(pair.key));
      }
      return undefined;
    },
  });
  return repeated;
}

/** A key as a message names it. */
export function keyText(key: unknown): string {
  return String(isScalar(key) ? key.value : key);
}

/** Offset of a node; -1 of what is none. */
export function startOf(node: unknown): number {
  return (node as Partial<Node> | null)?.range?.[0] ?? -1; // of what is no node, there is no range
}
