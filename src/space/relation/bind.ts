import { didYouMean, show } from "../../errors.ts";
import type { Assignment } from "../assignment.ts";
import type { Literal } from "../node.ts";
import type { ComparisonOperator, Expression } from "./expression.ts";
import { applyFunction, FUNCTIONS, functionFault } from "./functions.ts";
import { arithmetic, compare, conjunction, disjunction, negation } from "./operators.ts";
import { type Params, type Source, sourceValue } from "./params.ts";
import { RelationError } from "./relation-error.ts";
import { describeTypes, kindsOf, type Types, typeOf, typesOf } from "./types.ts";

/** A part of an expression that knows what it can be, and its value for an assignment; undefined where none is known. */
export interface Bound {
  readonly types: Types;
  /** Everything it can be; null where it is computed or drawn. */
  readonly values: readonly Literal[] | null;
  /** As a message names it. */
  readonly label: string;
  value(assignment: Assignment): Literal | undefined;
}

/** What an expression is bound to. */
export interface Scope {
  readonly text: string;
  readonly params: Params;
}

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

function expectCondition({ types, label }: Bound, operator: string, at: number, { text }: Scope): void {
  if (types.size === 1 && types.has("boolean")) return;
  throw new RelationError(text, at, {
    problem: `"${operator}" joins conditions, and ${label} is ${describeTypes(types)}`,
  });
}

function expectNumber({ types, label }: Bound, operator: string, at: number, { text }: Scope): void {
  if (types.has("number")) return;
  throw new RelationError(text, at, {
    problem: `"${operator}" needs numbers, and ${label} is ${describeTypes(types)}`,
  });
}

/** Whether `one` can ever be what `other` is. */
function expectAlike(one: Bound, other: Bound, { at, scope }: { readonly at: number; readonly scope: Scope }): void {
  if (![...one.types].some((type) => other.types.has(type))) {
    const problem = `${one.label} is ${describeTypes(one.types)}, and never equals ${other.label}, which is ${describeTypes(other.types)}`;
    throw new RelationError(scope.text, at, { problem });
  }
  const [wanted, ...more] = other.values ?? [];
  if (wanted === undefined || more.length > 0 || one.values === null || one.values.includes(wanted)) return;
  const meant = typeof wanted === "string" ? didYouMean(wanted, kindsOf(one.values)) : "";
  throw new RelationError(scope.text, at, {
    problem: `${one.label} is never ${show(wanted)}${meant}`,
    hint: `It is one of ${one.values.map(show).join(", ")}.`,
  });
}
