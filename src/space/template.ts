import type { Literal } from "./node.ts";

/** The shape of params, its leaves pointing into the table of dimensions. */
export type Template =
  | { readonly kind: "literal"; readonly value: Literal }
  | { readonly kind: "number"; readonly dimension: number }
  | ChoiceTemplate
  | ArrayTemplate
  | ObjectTemplate;

export interface ChoiceTemplate {
  readonly kind: "choice";
  readonly dimension: number;
  readonly tag: string | null;
  readonly branches: readonly string[];
  readonly options: readonly Template[];
}

export interface ArrayTemplate {
  readonly kind: "array";
  readonly items: readonly Template[];
}

export interface ObjectTemplate {
  readonly kind: "object";
  readonly entries: readonly (readonly [string, Template])[];
}

/** What an option has under the tag of its choice; undefined for one without. */
export function tagValue(option: Template, tag: string | null): Literal | undefined {
  const entry = option.kind === "object" ? option.entries.find(([key]) => key === tag)?.[1] : undefined;
  return entry?.kind === "literal" ? entry.value : undefined;
}
