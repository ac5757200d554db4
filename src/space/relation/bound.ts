import type { Assignment } from "../assignment.ts";
import type { Literal } from "../node.ts";
import type { Params } from "./params.ts";
import type { Types } from "./types.ts";

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
