import { didYouMean, show } from "../../errors.ts";
import type { Bound, Scope } from "./bound.ts";
import { RelationError } from "./relation-error.ts";
import { describeTypes } from "./types.ts";

/* What an operator asks of its operands; each throws a RelationError at the place of one that will not do. */

export function expectCondition({ types, label }: Bound, operator: string, at: number, { text }: Scope): void {
  if (types.size === 1 && types.has("boolean")) return;
  throw new RelationError(text, at, {
    problem: `"${operator}" joins conditions, and ${label} is ${describeTypes(types)}`,
  });
}

export function expectNumber({ types, label }: Bound, operator: string, at: number, { text }: Scope): void {
  if (types.has("number")) return;
  throw new RelationError(text, at, {
    problem: `"${operator}" needs numbers, and ${label} is ${describeTypes(types)}`,
  });
}

/** Whether `one` can ever be what `other` is. */
export function expectAlike(
  one: Bound,
  other: Bound,
  { at, scope }: { readonly at: number; readonly scope: Scope },
): void {
  if (![...one.types].some((type) => other.types.has(type))) {
    const problem = `${one.label} is ${describeTypes(one.types)}, and never equals ${other.label}, which is ${describeTypes(other.types)}`;
    throw new RelationError(scope.text, at, { problem });
  }
  const [wanted, ...more] = other.values ?? [];
  if (wanted === undefined || more.length > 0 || one.values === null || one.values.includes(wanted)) return;
  const texts = one.values.filter((value) => typeof value === "string");
  const meant = typeof wanted === "string" ? didYouMean(wanted, texts) : "";
  throw new RelationError(scope.text, at, {
    problem: `${one.label} is never ${show(wanted)}${meant}`,
    hint: `It is one of ${one.values.map(show).join(", ")}.`,
  });
}
