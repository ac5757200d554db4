import { RelationError } from "./relation-error.ts";

/** One word of an expression, and its offset. Words that mean the same have the same `text`: `&&` is `and`. */
export type Token =
  | { readonly kind: "number"; readonly value: number; readonly text: string; readonly at: number }
  | { readonly kind: "string"; readonly value: string; readonly text: string; readonly at: number }
  | { readonly kind: "constant"; readonly value: boolean | null; readonly text: string; readonly at: number }
  | { readonly kind: "name" | "operator" | "end"; readonly text: string; readonly at: number };

const NUMBER = /(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?/y;
const STRING = /"[^"]*"|'[^']*'/y;
const NAME = /[\p{L}_$][\p{L}\p{N}_$]*(?:\.[\p{L}\p{N}_$]+|\[\d+\])*|`[^`]+`/uy;
const OPERATOR = /\*\*|<=|>=|==|!=|&&|\|\||[-+*/%<>!(),]/y;

/** What other languages write, and what is meant. */
const FOREIGN = /===|!==|<>|=<|=>|=(?!=)|\^|&(?!&)|\|(?!\|)/y;
const MEANT: { readonly [foreign: string]: string } = {
  "===": "==",
  "!==": "!=",
  "<>": "!=",
  "=<": "<=",
  "=>": ">=",
  "=": "==",
  "^": "**",
  "&": "and",
  "|": "or",
};

const SAME: { readonly [operator: string]: string } = { "&&": "and", "||": "or", "!": "not" };

/* Words that are no names, unless they stand in backticks. */
const OPERATOR_WORDS: ReadonlySet<string> = new Set(["and", "or", "not"]);
const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ["true", true],
  ["false", false],
  ["null", null],
]);

/** Splits an expression into words, the last one its end. @throws RelationError */
export function tokensOf(text: string): readonly Token[] {
  const tokens: Token[] = [];
  for (let at = skipSpace(text, 0); at < text.length; ) {
    const { token, length } = tokenAt(text, at);
    tokens.push(token);
    at = skipSpace(text, at + length);
  }
  return [...tokens, { kind: "end", text: "", at: text.trimEnd().length }];
}

function tokenAt(text: string, at: number): { readonly token: Token; readonly length: number } {
  const number = matchAt(NUMBER, text, at);
  if (number !== null) {
    return { token: { kind: "number", value: Number(number), text: number, at }, length: number.length };
  }
  const string = matchAt(STRING, text, at);
  if (string !== null) {
    const value = string.slice(1, -1);
    return { token: { kind: "string", value, text: JSON.stringify(value), at }, length: string.length };
  }
  const name = matchAt(NAME, text, at);
  if (name !== null) return { token: wordToken(name, at), length: name.length };
  const foreign = matchAt(FOREIGN, text, at);
  if (foreign !== null) {
    throw new RelationError(text, at, { problem: `"${foreign}" means nothing here (write "${MEANT[foreign]}")` });
  }
  const operator = matchAt(OPERATOR, text, at);
  if (operator === null) throw unreadable(text, at);
  return { token: { kind: "operator", text: SAME[operator] ?? operator, at }, length: operator.length };
}

function matchAt(pattern: RegExp, text: string, at: number): string | null {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? null;
}

function wordToken(word: string, at: number): Token {
  const value = CONSTANTS.get(word);
  if (value !== undefined) return { kind: "constant", value, text: word, at };
  return OPERATOR_WORDS.has(word) ? { kind: "operator", text: word, at } : { kind: "name", text: pathOf(word), at };
}

/** One text for words that mean the same, and for no others: a name that is no plain one stands in backticks. */
export function canonicalWord({ kind, text }: Token): string {
  const isPlain =
    kind !== "name" || (matchAt(NAME, text, 0) === text && !OPERATOR_WORDS.has(text) && !CONSTANTS.has(text));
  return isPlain ? text : `\`${text}\``;
}

/** `layers[0]` is `layers.0`; what stands in backticks is taken as it is. */
function pathOf(name: string): string {
  return name.startsWith("`") ? name.slice(1, -1) : name.replace(/\[(\d+)\]/g, ".$1");
}

function unreadable(text: string, at: number): RelationError {
  const character = String.fromCodePoint(text.codePointAt(at) ?? 0);
  const isOpen = character === '"' || character === "'" || character === "`";
  return new RelationError(text, at, {
    problem: isOpen
      ? `the ${character} that opens here is not closed`
      : `${JSON.stringify(character)} means nothing here`,
  });
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && /\s/.test(text.charAt(at))) at++;
  return at;
}
