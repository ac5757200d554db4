import { ParamsError, ParzenError, show, thrownMessage } from "../../errors.ts";
import type { Assignment } from "../assignment.ts";
import type { CompiledSpace } from "../compile.ts";
import { decode } from "../decode.ts";
import { canonicalText, type Relation, relationOf } from "./relation.ts";

/**
 * What params must satisfy, beside being in their space: an expression over them such as `"warmup < epochs"`, a list of
 * which all must hold, so that an empty one requires nothing, or a pure function. An expression is stored with its study;
 * a function must be given again to whoever goes on with it.
 */
export type Where<P = unknown> = string | readonly string[] | ((params: P) => boolean);

/** What a study keeps of it: the expressions, none where there is no relation; of a function, that it is one. */
export type StoredWhere = readonly string[] | "function";

/** @throws ParzenError OPTION_INVALID for what is neither */
export function storedWhere(where: Where<never> | undefined): StoredWhere {
  if (typeof where === "function") return "function";
  const texts: unknown = typeof where === "string" ? [where] : (where ?? []);
  if (isTexts(texts)) return texts;
  throw new ParzenError(
    "OPTION_INVALID",
    `where: expected an expression, a list of expressions or a function, received ${show(where)}`,
  );
}

/**
 * The relations, checked against their space.
 *
 * @throws RelationError, or ParzenError OPTION_INVALID for what is no relation
 */
export function relationsOf(space: CompiledSpace, where: Where<never> | undefined): readonly Relation[] {
  if (typeof where === "function") return [functionRelation(space, where)];
  const stored = storedWhere(where);
  return stored === "function" ? [] : stored.map((text) => relationOf(space, text));
}

/** Whether two studies have the same relations, however these are written and in whatever order. */
export function isSameWhere(one: StoredWhere, other: StoredWhere): boolean {
  if (one === "function" || other === "function") return one === other;
  const texts = new Set(one.map(canonicalText));
  const others = new Set(other.map(canonicalText));
  return texts.size === others.size && [...texts].every((text) => others.has(text));
}

/** The first relation that an assignment breaks; null where it may be tried. */
export function brokenRelation(relations: readonly Relation[], assignment: Assignment): Relation | null {
  for (const relation of relations) if (!relation.holds(assignment)) return relation;
  return null;
}

/** @throws ParamsError naming the relation that is broken, and the values that break it */
export function checkRelations(relations: readonly Relation[], assignment: Assignment): void {
  const broken = brokenRelation(relations, assignment);
  if (broken === null) return;
  throw new ParamsError("", `what satisfies ${broken.text}`, broken.evidence(assignment));
}

function functionRelation(space: CompiledSpace, where: (params: never) => boolean): Relation {
  const paramsOf = (assignment: Assignment): never => decode(space, assignment) as never; // the space is its own
  return {
    text: "the function `where`",
    holds: (assignment) => answerOf(where, paramsOf(assignment)),
    evidence: (assignment) => paramsOf(assignment),
  };
}

function answerOf(where: (params: never) => boolean, params: never): boolean {
  let answer: unknown;
  try {
    answer = where(params);
  } catch (cause) {
    const what = thrownMessage(cause);
    throw new ParzenError("OPTION_INVALID", `where: the function threw for ${show(params)}: ${what}`, { cause });
  }
  if (typeof answer === "boolean") return answer;
  throw new ParzenError(
    "OPTION_INVALID",
    `where: expected the function to give true or false, received ${show(answer)} for ${show(params)}`,
  );
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === "string");
}
