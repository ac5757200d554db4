import type { BinaryOperator, ComparisonOperator, Expression } from "./expression.ts";
import { RelationError } from "./relation-error.ts";
import { type Token, tokensOf } from "./token.ts";

/** Longest expression, and deepest nesting of it. */
const MAX_LENGTH = 2000;
const MAX_DEPTH = 64;

/** How tightly operators hold their operands together; what binds tighter is read first. */
const NOT_BINDING = 3;
const COMPARISON_BINDING = 4;
const SIGN_BINDING = 7;
const POWER_BINDING = 8;

/** The same of all that stand between two operands. */
const BINDING: { readonly [operator: string]: number } = {
  or: 1,
  and: 2,
  "<": COMPARISON_BINDING,
  "<=": COMPARISON_BINDING,
  ">": COMPARISON_BINDING,
  ">=": COMPARISON_BINDING,
  "==": COMPARISON_BINDING,
  "!=": COMPARISON_BINDING,
  "+": 5,
  "-": 5,
  "*": 6,
  "/": 6,
  "%": 6,
  "**": POWER_BINDING,
};

/**
 * Reads an expression such as `warmup < epochs and optimizer.type == "sgd"`.
 *
 * From loose to tight: `or`, `and`, `not`, comparisons, `+ -`, `* / %`, the sign, `**`. Comparisons may stand in a row:
 * `1 <= a < b` is `1 <= a and a < b`.
 *
 * @throws RelationError
 */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH) {
    throw new RelationError(`${text.slice(0, 40)}...`, 0, { problem: `it is longer than ${MAX_LENGTH} characters` });
  }
  const parser = new Parser(text);
  const expression = parser.operation(0);
  parser.expectEnd();
  return expression;
}

class Parser {
  readonly #text: string;
  readonly #tokens: readonly Token[];
  #next = 0;
  #depth = 0;

  constructor(text: string) {
    this.#text = text;
    this.#tokens = tokensOf(text);
  }

  /** Operands and operators, as long as these bind tighter than `above`. */
  operation(above: number): Expression {
    if (++this.#depth > MAX_DEPTH) throw this.#error(`it is nested deeper than ${MAX_DEPTH} levels`);
    let left = this.#operand();
    for (;;) {
      const { text, at, kind } = this.#token;
      const binding = kind === "operator" ? (BINDING[text] ?? 0) : 0;
      if (binding <= above) break;
      this.#next++;
      left = binding === COMPARISON_BINDING ? this.#comparisons(left, text, at) : this.#binary(left, text, at);
    }
    this.#depth--;
    return left;
  }

  expectEnd(): void {
    if (this.#token.kind === "end") return;
    throw this.#error(`expected an operator such as "and" or "<", found ${shown(this.#token)}`);
  }

  get #token(): Token {
    return this.#tokens[this.#next] as Token; // the last one is the end, and nothing reads past it
  }

  #binary(left: Expression, operator: string, at: number): Expression {
    const binding = BINDING[operator] ?? 0;
    const right = this.operation(binding === POWER_BINDING ? SIGN_BINDING - 1 : binding);
    return { kind: "binary", operator: operator as BinaryOperator, left, right, at }; // it has a binding
  }

  /** Each with its right neighbour. */
  #comparisons(first: Expression, operator: string, at: number): Expression {
    const right = this.operation(COMPARISON_BINDING);
    const compares = operator as ComparisonOperator; // it binds as one
    const pair: Expression = { kind: "binary", operator: compares, left: first, right, at };
    const { text, at: nextAt, kind } = this.#token;
    if (kind !== "operator" || BINDING[text] !== COMPARISON_BINDING) return pair;
    this.#next++;
    return { kind: "binary", operator: "and", left: pair, right: this.#comparisons(right, text, nextAt), at: nextAt };
  }

  #operand(): Expression {
    const token = this.#token;
    const { at } = token;
    if (token.kind === "end") throw this.#error("it ends where a param or a value is expected");
    this.#next++;
    if ("value" in token) return { kind: "literal", value: token.value, at };
    if (token.kind === "name") return this.#named(token);
    switch (token.text) {
      case "not":
        return { kind: "unary", operator: "not", operand: this.operation(NOT_BINDING - 1), at };
      case "-":
        return { kind: "unary", operator: "-", operand: this.operation(SIGN_BINDING), at };
      case "(": {
        const inner = this.operation(0);
        this.#expect(")");
        return inner;
      }
      default:
        this.#next--;
        throw this.#error(`expected a param or a value, found ${shown(token)}`);
    }
  }

  #named({ text, at }: Token): Expression {
    if (this.#is("(")) return this.#call(text, at);
    return { kind: "param", path: text, at };
  }

  #call(name: string, at: number): Expression {
    const args: Expression[] = [];
    do {
      this.#next++;
      args.push(this.operation(0));
    } while (this.#is(","));
    this.#expect(")");
    return { kind: "call", name, args, at };
  }

  #expect(operator: string): void {
    if (!this.#is(operator)) throw this.#error(`expected "${operator}", found ${shown(this.#token)}`);
    this.#next++;
  }

  #is(operator: string): boolean {
    return this.#token.kind === "operator" && this.#token.text === operator;
  }

  #error(problem: string): RelationError {
    return new RelationError(this.#text, this.#token.at, { problem });
  }
}

function shown({ kind, text }: Token): string {
  if (kind === "end") return "its end";
  return kind === "string" ? text : `"${text}"`;
}
