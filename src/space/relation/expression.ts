import type { Literal } from "../node.ts";

/** An expression as plain data. `at` is the offset in its text that a message about it names. */
export type Expression =
  | { readonly kind: "literal"; readonly value: Literal; readonly at: number }
  /** A param by its path. */
  | { readonly kind: "param"; readonly path: string; readonly at: number }
  | { readonly kind: "unary"; readonly operator: UnaryOperator; readonly operand: Expression; readonly at: number }
  | {
      readonly kind: "binary";
      readonly operator: BinaryOperator;
      readonly left: Expression;
      readonly right: Expression;
      readonly at: number;
    }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly Expression[]; readonly at: number };

export type UnaryOperator = "-" | "not";
export type BinaryOperator = LogicalOperator | ComparisonOperator | ArithmeticOperator;
export type LogicalOperator = "and" | "or";
export type ComparisonOperator = "<" | "<=" | ">" | ">=" | "==" | "!=";
export type ArithmeticOperator = "+" | "-" | "*" | "/" | "%" | "**";
