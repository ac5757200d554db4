import type { Literal } from "../node.ts";
import type { ArithmeticOperator, ComparisonOperator } from "./expression.ts";

/*
 * Operators over values of which some are not known, as those of inactive params are not. What they come to is
 * undefined where it depends on these.
 *
 * Source: S. C. Kleene 1952, "Introduction to metamathematics", section 64: the strong three-valued logic
 */

type Value = Literal | undefined;

/** @param right asked only where it matters */
export function conjunction(left: Value, right: () => Value): boolean | undefined {
  if (left === false) return false;
  const other = right();
  if (other === false) return false;
  return left === undefined || other === undefined ? undefined : true;
}

/** @param right asked only where it matters */
export function disjunction(left: Value, right: () => Value): boolean | undefined {
  if (left === true) return true;
  const other = right();
  if (other === true) return true;
  return left === undefined || other === undefined ? undefined : false;
}

export function negation(operand: Value): boolean | undefined {
  return typeof operand === "boolean" ? !operand : undefined;
}

/** Only numbers have an order. */
export function compare(operator: ComparisonOperator, left: Value, right: Value): boolean | undefined {
  if (left === undefined || right === undefined) return undefined;
  if (operator === "==") return left === right;
  if (operator === "!=") return left !== right;
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  switch (operator) {
    case "<":
      return left < right;
    case "<=":
      return left <= right;
    case ">":
      return left > right;
    case ">=":
      return left >= right;
  }
}

export function arithmetic(operator: ArithmeticOperator, left: Value, right: Value): number | undefined {
  if (typeof left !== "number" || typeof right !== "number") return undefined;
  switch (operator) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "*":
      return left * right;
    case "/":
      return left / right;
    case "%":
      return left % right;
    case "**":
      return left ** right;
  }
}
