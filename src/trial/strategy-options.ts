import { didYouMean, ParzenError } from "../errors.ts";
import { isKeyed, isObject } from "../space/object.ts";
import type { Json, JsonObject } from "./json.ts";
import { countFrom, invalid, isCount, type OptionLaw } from "./option-check.ts";

/** The law of one option of a sampler or pruner, whose options are stored whole: with its default, in JSON. */
export interface OptionRule<V extends Json> extends OptionLaw {
  /** Without one the option must be given. */
  readonly default?: V;
  accepts(value: unknown): value is V;
}

/** The values of all options, whether given or not. */
export type Resolved<R> = { readonly [K in keyof R]: R[K] extends OptionRule<infer V> ? V : never };

/**
 * Checks options against their rules and fills in the defaults.
 *
 * @param given also what was read from a file or a store
 * @throws ParzenError OPTION_INVALID
 */
export function resolveOptions<R extends { readonly [name: string]: OptionRule<Json> }>(
  strategy: string,
  rules: R,
  given: unknown,
): Resolved<R> {
  const options = optionsOf(strategy, given);
  for (const name of Object.keys(options)) {
    if (Object.hasOwn(rules, name)) continue;
    const known = Object.keys(rules);
    throw new ParzenError("OPTION_INVALID", `${strategy}: unknown option "${name}"${didYouMean(name, known)}`, {
      hint: known.length === 0 ? `${strategy} takes no options.` : `Its options are ${known.join(", ")}.`,
    });
  }
  const entries = Object.entries(rules).map(([name, rule]): [string, Json] => {
    const value = options[name];
    if (value === undefined && rule.default !== undefined) return [name, rule.default];
    if (rule.accepts(value)) return [name, value];
    throw invalid(`${strategy} ${name}`, rule.expected, value);
  });
  return Object.fromEntries(entries) as Resolved<R>; // one entry a rule, its value accepted by that rule
}

/** Of a sampler or pruner that takes none. */
export type NoOptions = { readonly [name: string]: never };

/** The argument may come from a caller without types. @throws ParzenError OPTION_INVALID for any option */
export function takesNone(strategy: string, given: unknown): void {
  resolveOptions(strategy, {}, given);
}

/** The argument may come from a caller without types. @throws ParzenError OPTION_INVALID for what is no object */
export function optionsOf(strategy: string, given: unknown): { readonly [name: string]: unknown } {
  if (isKeyed(given)) return given;
  throw invalid(strategy, "its options as an object", given);
}

export function numberAbove(bound: number, fallback: number): OptionRule<number> {
  return {
    default: fallback,
    expected: `a number above ${bound}`,
    accepts: (value): value is number => typeof value === "number" && Number.isFinite(value) && value > bound,
  };
}

export function integerFrom(least: number, fallback: number): OptionRule<number> {
  return {
    default: fallback,
    expected: countFrom(least).expected,
    accepts: isCount(least),
  };
}

export function integerBetween(least: number, most: number, fallback: number): OptionRule<number> {
  return {
    default: fallback,
    expected: `an integer from ${least} to ${most}`,
    accepts: (value): value is number =>
      typeof value === "number" && Number.isInteger(value) && value >= least && value <= most,
  };
}

export const anyNumber: OptionRule<number> = {
  expected: "a number",
  accepts: (value): value is number => typeof value === "number" && Number.isFinite(value),
};

export function flag(fallback: boolean): OptionRule<boolean> {
  return {
    default: fallback,
    expected: "true or false",
    accepts: (value): value is boolean => typeof value === "boolean",
  };
}

export function numberBetween(low: number, high: number, fallback: number): OptionRule<number> {
  return {
    default: fallback,
    expected: `a number above ${low} and below ${high}`,
    accepts: (value): value is number => typeof value === "number" && value > low && value < high,
  };
}

/** A share of something: all of it is 1. */
export function share(fallback: number): OptionRule<number> {
  return {
    default: fallback,
    expected: "a number from 0 to 1",
    accepts: (value): value is number => typeof value === "number" && value >= 0 && value <= 1,
  };
}

/** The same rule, for an option that may be left open. */
export function orNull<V extends Json>({ expected, accepts }: OptionRule<V>): OptionRule<V | null> {
  return {
    default: null,
    expected: `${expected}, or null`,
    accepts: (value): value is V | null => value === null || accepts(value),
  };
}

/** A sampler or pruner that another one wraps. */
export interface WrappedSpec {
  readonly name: string;
  readonly options: JsonObject;
}

/** What a {@link WrappedSpec} may be written as. */
export type WrittenSpec = string | { readonly name: string; readonly options?: JsonObject };

/** @param what as the message names it, e.g. `a sampler` */
export function wrapped(what: string): OptionRule<WrittenSpec> {
  return {
    expected: `${what}, as a name or { name, options }`,
    accepts: (value): value is WrittenSpec =>
      typeof value === "string" ||
      (isObject(value) && typeof value["name"] === "string" && isObject(value["options"] ?? {})),
  };
}

export function wrappedSpec(written: WrittenSpec): WrappedSpec {
  const { name, options = {} } = typeof written === "string" ? { name: written } : written;
  return { name, options };
}
