import { didYouMean, show } from "../../errors.ts";
import type { Assignment } from "../assignment.ts";
import type { Literal } from "../node.ts";
import type { Bound, Scope } from "./bound.ts";
import type { ComparisonOperator, Expression } from "./expression.ts";
import { applyFunction, FUNCTIONS, functionFault } from "./functions.ts";
import { expectAlike, expectCondition, expectNumber } from "./operands.ts";
import { arithmetic, compare, conjunction, disjunction, negation } from "./operators.ts";
import { type Source, sourceValue } from "./params.ts";
import { RelationError } from "./relation-error.ts";
import { type Types, typeOf, typesOf } from "./types.ts";

/**
 * Gives an expression its meaning in a space.
 *
 * A param that is not active has no value. A comparison of it is neither true nor false, and `and`, `or` and `not` go on
 * as far as that does not matter.
 *
 * @throws RelationError for a param that is not there, and for operands that an operator cannot have
 */
export function bind(expression: Expression, scope: Scope): Bound {
  switch (expression.kind) {
    case "literal": {
      const { value } = expression;
      return { types: new Set([typeOf(value)]), values: [value], label: show(value), value: () => value };
    }
    case "param":
      return bindParam(expression, scope);
    case "unary":
      return bindUnary(expression, scope);
    case "binary":
      return bindBinary(expression, scope);
    case "call":
      return bindCall(expression, scope);
  }
}

type Part<K extends Expression["kind"]> = Extract<Expression, { readonly kind: K }>;

function bindParam({ path, at }: Part<"param">, { text, params }: Scope): Bound {
  const sources = params.sources.get(path);
  if (sources === undefined) {
    throw new RelationError(text, at, {
      problem: `there is no param "${path}"${didYouMean(path, [...params.sources.keys()])}`,
      hint: `Params are ${params.paths.join(", ")}; quote texts, and put a name with other characters in backticks.`,
    });
  }
  const [only, ...others] = sources;
  const values = sources.flatMap((source) => (source.kind === "constant" ? [source.value] : []));
  return {
    types: typesOf(sources),
    values: values.length === sources.length ? values : null,
    label: path,
    value:
      only !== undefined && others.length === 0
        ? (assignment) => sourceValue(only, assignment)
        : (assignment) => firstValue(sources, assignment),
  };
}

function firstValue(sources: readonly Source[], assignment: Assignment): Literal | undefined {
  for (const source of sources) {
    const value = sourceValue(source, assignment);
    if (value !== undefined) return value;
  }
  return undefined;
}

const BOOLEAN: Types = new Set(["boolean"]);
const NUMBER: Types = new Set(["number"]);

function bindUnary({ operator, operand }: Part<"unary">, scope: Scope): Bound {
  const bound = bind(operand, scope);
  if (operator === "not") {
    expectCondition(bound, "not", operand.at, scope);
    return computed(BOOLEAN, (assignment) => negation(bound.value(assignment)));
  }
  expectNumber(bound, "-", operand.at, scope);
  // A product: 0 - 0 would lose the sign of zero, by which a division tells one infinity from the other.
  return computed(NUMBER, (assignment) => arithmetic("*", -1, bound.value(assignment)));
}

function bindBinary({ operator, left, right }: Part<"binary">, scope: Scope): Bound {
  const [one, other] = [bind(left, scope), bind(right, scope)];
  switch (operator) {
    case "and":
    case "or": {
      expectCondition(one, operator, left.at, scope);
      expectCondition(other, operator, right.at, scope);
      const join = operator === "and" ? conjunction : disjunction;
      return computed(BOOLEAN, (assignment) => join(one.value(assignment), () => other.value(assignment)));
    }
    case "==":
    case "!=":
      expectAlike(one, other, { at: right.at, scope });
      expectAlike(other, one, { at: left.at, scope });
      return comparison(operator, one, other);
    case "<":
    case "<=":
    case ">":
    case ">=":
      expectNumber(one, operator, left.at, scope);
      expectNumber(other, operator, right.at, scope);
      return comparison(operator, one, other);
    default:
      expectNumber(one, operator, left.at, scope);
      expectNumber(other, operator, right.at, scope);
      return computed(NUMBER, (assignment) => arithmetic(operator, one.value(assignment), other.value(assignment)));
  }
}

function comparison(operator: ComparisonOperator, one: Bound, other: Bound): Bound {
  return computed(BOOLEAN, (assignment) => compare(operator, one.value(assignment), other.value(assignment)));
}

function bindCall({ name, args, at }: Part<"call">, scope: Scope): Bound {
  const problem = functionFault(name, args.length);
  if (problem !== null) {
    throw new RelationError(scope.text, at, {
      problem,
      hint: `Functions are ${Object.keys(FUNCTIONS).join(", ")}.`,
    });
  }
  const bound = args.map((argument) => {
    const each = bind(argument, scope);
    expectNumber(each, name, argument.at, scope);
    return each;
  });
  return computed(NUMBER, (assignment) =>
    applyFunction(
      name,
      bound.map((each) => each.value(assignment)),
    ),
  );
}

function computed(types: Types, value: Bound["value"]): Bound {
  return { types, values: null, label: "this", value };
}
