import {
  type Alias,
  type Document,
  isAlias,
  isMap,
  isPair,
  isScalar,
  isSeq,
  type Pair,
  visit,
  type YAMLMap,
} from "yaml";

/** An alias or a merge that cannot be. */
export interface WrongReference {
  /** It, or what it names. */
  readonly node: unknown;
  readonly problem: string;
}

/** The first alias of what is not there or of what it stands in, or merge of what is no object; null where all are right. */
export function wrongReference(document: Document): WrongReference | null {
  let found: WrongReference | null = null;
  const check = (node: unknown, problem: string | null): symbol | undefined => {
    if (problem === null) return undefined;
    found = { node, problem };
    return visit.BREAK;
  };
  visit(document, {
    Alias: (_key, alias, path) => check(alias, aliasProblem(document, alias, path)),
    Pair: (_key, pair) => check(pair.value ?? pair.key, isMerge(pair) ? mergeProblem(document, pair) : null),
  });
  return found;
}

function aliasProblem(document: Document, alias: Alias, path: readonly unknown[]): string | null {
  const meant = alias.resolve(document);
  if (meant === undefined) return `no anchor &${alias.source} stands before this alias`;
  return path.includes(meant) ? `the alias *${alias.source} stands inside of what it repeats` : null;
}

/** What an alias stands for is undefined where it is not there, which is a fault of the alias. */
function mergeProblem(document: Document, pair: Pair): string | null {
  const isRight = sourcesOf(document, pair).every((source) => source === undefined || isMap(source));
  return isRight ? null : "<< merges an object, or a list of objects";
}

/** What another node's alias stands for, and any other node itself. */
export function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The objects whose keys `<<` brings into a map, the first that has a key going before the others. */
export function mergedInto(document: Document, map: YAMLMap): readonly unknown[] {
  return map.items.flatMap((pair) => (isMerge(pair) ? sourcesOf(document, pair) : []));
}

/** In quotes it is a key like others. */
function isMerge(pair: unknown): pair is Pair {
  return isPair(pair) && isScalar(pair.key) && pair.key.value === "<<" && pair.key.type === "PLAIN";
}

function sourcesOf(document: Document, { value }: Pair): readonly unknown[] {
  const sources = resolved(document, value);
  return isSeq(sources) ? sources.items.map((item) => resolved(document, item)) : [sources];
}
