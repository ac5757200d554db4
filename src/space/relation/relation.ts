import type { Assignment } from "../assignment.ts";
import type { CompiledSpace } from "../compile.ts";
import type { Literal } from "../node.ts";
import { bind } from "./bind.ts";
import type { Bound, Scope } from "./bound.ts";
import type { Expression } from "./expression.ts";
import { paramsOf } from "./params.ts";
import { parseExpression } from "./parse.ts";
import { quoted, RelationError } from "./relation-error.ts";
import { canonicalWord, tokensOf } from "./token.ts";
import { describeTypes } from "./types.ts";

/** What params must satisfy. */
export interface Relation {
  /** The expression in quotes, as it was written; for messages. */
  readonly text: string;
  holds(assignment: Assignment): boolean;
  /** The values that decide it, by name, for messages. */
  evidence(assignment: Assignment): { readonly [name: string]: unknown };
}

/**
 * Reads a relation and checks it against its space. One about which nothing can be said, as it speaks of params that are
 * not active, holds.
 *
 * @throws RelationError
 */
export function relationOf(space: CompiledSpace, text: string): Relation {
  const expression = parseExpression(text);
  const scope: Scope = { text, params: paramsOf(space) };
  const bound = bind(expression, scope);
  const named = namesIn(expression);
  checkCondition(bound, expression, text);
  if (!named.some((path) => isSearched(path, scope))) {
    throw new RelationError(text, 0, { problem: "it names nothing that is searched, so it always says the same" });
  }
  return {
    text: quoted(text),
    holds: (assignment) => bound.value(assignment) !== false,
    evidence: (assignment) => evidenceOf(named, scope, assignment),
  };
}

/** The same text for expressions that differ in spaces, quotes and ways of writing `and`, `or` and `not` alone. */
export function canonicalText(text: string): string {
  return tokensOf(text).map(canonicalWord).join(" ").trimEnd();
}

function checkCondition({ types, label }: Bound, { at }: Expression, text: string): void {
  if (types.size === 1 && types.has("boolean")) return;
  const problem = `expected a condition, such as a comparison; ${label} is ${describeTypes(types)}`;
  throw new RelationError(text, at, { problem });
}

function isSearched(path: string, { params }: Scope): boolean {
  return params.sources.get(path)?.some((source) => source.kind === "number" || source.when !== null) === true;
}

function namesIn(expression: Expression): readonly string[] {
  switch (expression.kind) {
    case "literal":
      return [];
    case "param":
      return [expression.path];
    case "unary":
      return namesIn(expression.operand);
    case "binary":
      return [...new Set([...namesIn(expression.left), ...namesIn(expression.right)])];
    case "call":
      return [...new Set(expression.args.flatMap(namesIn))];
  }
}

function evidenceOf(
  names: readonly string[],
  scope: Scope,
  assignment: Assignment,
): { readonly [name: string]: Literal } {
  const values = names.flatMap((path): [string, Literal][] => {
    const value = bind({ kind: "param", path, at: 0 }, scope).value(assignment);
    return value === undefined ? [] : [[path, value]];
  });
  return Object.fromEntries(values);
}
