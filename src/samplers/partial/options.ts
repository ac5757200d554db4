import { isObject } from "../../space/object.ts";
import type { JsonObject } from "../../trial/json.ts";
import {
  type OptionRule,
  resolveOptions,
  type WrappedSpec,
  wrapped,
  wrappedSpec,
} from "../../trial/strategy-options.ts";
import type { FixedValues } from "./fixed-values.ts";

/** What a partial is written down as: {@link FixedValues}, and the sampler that it wraps by name. */
export interface PartialSpec {
  readonly fixed: FixedValues;
  readonly sampler: WrappedSpec;
}

/** @throws ParzenError OPTION_INVALID */
export function partialSpec(given: JsonObject): PartialSpec {
  const { fixed, sampler } = resolveOptions("partial", { fixed: FIXED, sampler: wrapped("a sampler") }, given);
  return { fixed, sampler: wrappedSpec(sampler) };
}

const FIXED: OptionRule<FixedValues> = {
  expected: "values by path",
  accepts: (value): value is FixedValues =>
    isObject(value) && Object.values(value).every((each) => each === null || typeof each !== "object"),
};
