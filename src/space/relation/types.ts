import type { Literal } from "../node.ts";
import type { Source } from "./params.ts";

/** What a value can be; several where a choice mixes them. */
export type Types = ReadonlySet<Type>;
export type Type = "number" | "string" | "boolean" | "null";

export function typeOf(value: Literal): Type {
  if (value === null) return "null";
  return typeof value === "number" ? "number" : typeof value === "string" ? "string" : "boolean";
}

export function typesOf(sources: readonly Source[]): Types {
  return new Set(sources.map((source) => (source.kind === "number" ? "number" : typeOf(source.value))));
}

const NAMES: { readonly [T in Type]: string } = {
  number: "a number",
  string: "a text",
  boolean: "true or false",
  null: "null",
};

/** For messages: `a number`, `a text or a number`. */
export function describeTypes(types: Types): string {
  return [...types].map((type) => NAMES[type]).join(" or ");
}
