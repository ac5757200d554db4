import {
  type Alias,
  type Document,
  isAlias,
  isCollection,
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

/** Parts of a file that its aliases may repeat, all of them together. */
const MAX_REPEATED = 100_000;

/** What the aliases of a document stand for. */
export class References {
  readonly #document: Document;
  readonly #meant = new Map<Alias, unknown>();

  constructor(document: Document) {
    this.#document = document;
    const anchored = new Map<string, unknown>();
    visit(document, {
      Node: (_key, node) => {
        if (isAlias(node)) this.#meant.set(node, anchored.get(node.source));
        else if (node.anchor !== undefined) anchored.set(node.anchor, node);
      },
    });
  }

  /** What another node's alias stands for, and any other node itself. */
  resolved(node: unknown): unknown {
    return isAlias(node) ? this.#meant.get(node) : node;
  }

  /** The objects whose keys `<<` brings into a map, the first that has a key going before the others. */
  mergedInto(map: YAMLMap): readonly unknown[] {
    return map.items.flatMap((pair) => (isMerge(pair) ? this.#sourcesOf(pair) : []));
  }

  /**
   * The first alias of what is not there or of what it stands in, or merge of what is no object, else the alias that
   * makes the whole too large; null where all are right.
   */
  wrong(): WrongReference | null {
    let found: WrongReference | null = null;
    const check = (node: unknown, problem: string | null): symbol | undefined => {
      if (problem === null) return undefined;
      found = { node, problem };
      return visit.BREAK;
    };
    visit(this.#document, {
      Alias: (_key, alias, path) => check(alias, this.#aliasProblem(alias, path)),
      Pair: (_key, pair) => check(pair.value ?? pair.key, isMerge(pair) ? this.#mergeProblem(pair) : null),
    });
    return found ?? this.#excess();
  }

  #aliasProblem(alias: Alias, path: readonly unknown[]): string | null {
    const meant = this.#meant.get(alias);
    if (meant === undefined) return `no anchor &${alias.source} stands before this alias`;
    return path.includes(meant) ? `the alias *${alias.source} stands inside of what it repeats` : null;
  }

  /** What an alias stands for is undefined where it is not there, which is a fault of the alias. */
  #mergeProblem(pair: Pair): string | null {
    const isRight = this.#sourcesOf(pair).every((source) => source === undefined || isMap(source));
    return isRight ? null : "<< merges an object, or a list of objects";
  }

  #sourcesOf({ value }: Pair): readonly unknown[] {
    const sources = this.resolved(value);
    return isSeq(sources) ? sources.items.map((item) => this.resolved(item)) : [sources];
  }

  /** The alias with which all that is repeated comes to too much. What it repeats stands before it, and is counted. */
  #excess(): WrongReference | null {
    const parts = new Map<unknown, number>();
    let repeated = 0;
    let excess: Alias | null = null;
    const count = (node: unknown): number => {
      const all = isAlias(node) ? (parts.get(this.resolved(node)) ?? 0) : sum(partsOf(node).map(count)) + 1;
      if (isAlias(node)) repeated += all;
      if (isAlias(node) && repeated > MAX_REPEATED) excess ??= node;
      parts.set(node, all);
      return all;
    };
    count(this.#document.contents);
    return excess === null ? null : { node: excess, problem: "aliases of aliases make this file too large" };
  }
}

function partsOf(node: unknown): readonly unknown[] {
  if (isPair(node)) return [node.key, node.value];
  return isCollection(node) ? node.items : [];
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

/** In quotes it is a key like others. */
function isMerge(pair: unknown): pair is Pair {
  return isPair(pair) && isScalar(pair.key) && pair.key.value === "<<" && pair.key.type === "PLAIN";
}
