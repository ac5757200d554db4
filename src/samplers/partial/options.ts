import { ParzenError, show } from "../../errors.ts";
import { isLiteral } from "../../space/node.ts";
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

/** Both may come from a caller without types. @throws ParzenError OPTION_INVALID */
export function checkPartial(fixed: unknown, sampler: unknown): void {
  resolveOptions("partial", { fixed: FIXED }, { fixed });
  if (isObject(sampler) && typeof sampler["propose"] === "function") return;
  throw new ParzenError("OPTION_INVALID", `partial: expected a sampler such as tpe(), received ${show(sampler)}`);
}

const FIXED: OptionRule<FixedValues> = {
  expected: "values by path",
  accepts: (value): value is FixedValues => isObject(value) && Object.values(value).every(isLiteral),
};
