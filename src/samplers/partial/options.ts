import type { JsonObject } from "../../trial/json.ts";
import { type OptionRule, resolveOptions } from "../../trial/strategy-options.ts";
import type { FixedValues } from "./fixed-values.ts";

/** What a partial is written down as: {@link FixedValues}, and the sampler that it wraps by name. */
export interface PartialSpec {
  readonly fixed: FixedValues;
  readonly sampler: { readonly name: string; readonly options: JsonObject };
}

/** @throws ParzenError OPTION_INVALID */
export function partialSpec(given: JsonObject): PartialSpec {
  const { fixed, sampler } = resolveOptions("partial", { fixed: FIXED, sampler: SAMPLER }, given);
  if (typeof sampler === "string") return { fixed, sampler: { name: sampler, options: {} } };
  return { fixed, sampler: { name: sampler.name, options: sampler.options ?? {} } };
}

type Written = string | { readonly name: string; readonly options?: JsonObject };

const FIXED: OptionRule<FixedValues> = {
  expected: "values by path",
  accepts: (value): value is FixedValues =>
    isObject(value) && Object.values(value).every((each) => each === null || typeof each !== "object"),
};

const SAMPLER: OptionRule<Written> = {
  expected: "a sampler, as a name or { name, options }",
  accepts: (value): value is Written =>
    typeof value === "string" ||
    (isObject(value) && typeof value["name"] === "string" && isObject(value["options"] ?? {})),
};

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
