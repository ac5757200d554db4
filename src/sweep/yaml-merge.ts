import { type Document, isAlias, isMap, isPair, isScalar, isSeq, type Pair, visit, type YAMLMap } from "yaml";

/** What another node's alias stands for, and any other node itself. */
export function resolved(document: Document, node: unknown): unknown {
  return isAlias(node) ? node.resolve(document) : node;
}

/** The objects whose keys `<<` brings into a map, the first that has a key going before the others. */
export function mergedInto(document: Document, map: YAMLMap): readonly unknown[] {
  return map.items.flatMap((pair) => (isMerge(pair) ? sourcesOf(document, pair) : []));
}

/** The first `<<` that names anything but objects; null where there is none. */
export function wrongMerge(document: Document): Pair | null {
  let found: Pair | null = null;
  visit(document, {
    Pair(_key, pair) {
      if (!isMerge(pair) || sourcesOf(document, pair).every(isMap)) return undefined;
      found = pair;
      return visit.BREAK;
    },
  });
  return found;
}

/** In quotes it is a key like others. */
function isMerge(pair: unknown): pair is Pair {
  return isPair(pair) && isScalar(pair.key) && pair.key.value === "<<" && pair.key.type === "PLAIN";
}

function sourcesOf(document: Document, { value }: Pair): readonly unknown[] {
  const sources = resolved(document, value);
  return isSeq(sources) ? sources.items.map((item) => resolved(document, item)) : [sources];
}
