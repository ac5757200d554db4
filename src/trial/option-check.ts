import { didYouMean, ParzenError, show } from "../errors.ts";
import { isKeyed } from "../space/object.ts";

/** What an option may be. One of a sampler or pruner has an `OptionRule`, which is a law with a default and a type. */
export interface OptionLaw {
  /** For the message, e.g. `an integer from 1`. */
  readonly expected: string;
  accepts(value: unknown): boolean;
}

/** The options of one function, by name. Each may be left out. */
export type OptionLaws = { readonly [name: string]: OptionLaw };

/**
 * Checks options that may come from a caller without types. One that is undefined is left out.
 *
 * @throws OPTION_INVALID for one that is wrong, or that there is not
 */
export function checkOptions(options: unknown, laws: OptionLaws): { readonly [name: string]: unknown } {
  const given = checkNames(options, Object.keys(laws));
  for (const [name, { expected, accepts }] of Object.entries(laws)) {
    const value = given[name];
    if (value !== undefined && !accepts(value)) throw invalid(name, expected, value);
  }
  return given;
}

/** A misspelt option would be ignored without a word. @throws OPTION_INVALID */
export function checkNames(options: unknown, names: readonly string[]): { readonly [name: string]: unknown } {
  if (!isKeyed(options)) throw invalid("options", "an object", options);
  const stray = Object.keys(options).find((name) => !names.includes(name));
  if (stray === undefined) return options;
  const meant = didYouMean(stray, names);
  const hint = meant === "" && names.length > 0 ? { hint: `Options are ${names.join(", ")}.` } : {};
  throw new ParzenError("OPTION_INVALID", `${stray}: there is no such option${meant}`, hint);
}

/** The error of an option that is not what is expected. */
export function invalid(option: string, expected: string, received: unknown): ParzenError {
  return new ParzenError("OPTION_INVALID", `${option}: expected ${expected}, received ${show(received)}`);
}

/** Whether a value is an integer of at least so many. */
export const isCount =
  (least: number) =>
  (value: unknown): value is number =>
    Number.isSafeInteger(value) && Number(value) >= least;

/** The law of an integer of at least so many. */
export function countFrom(least: number): OptionLaw {
  return { expected: `an integer from ${least}`, accepts: isCount(least) };
}

/** Whether a value is a time that may pass, in milliseconds. */
export const isDuration = (value: unknown): boolean => Number.isFinite(value) && Number(value) > 0;

/** The longest time that a timer takes, in milliseconds; one that is longer fires at once. */
export const LONGEST_MS: number = 2 ** 31 - 1;

/** The law of a time for which one timer waits. */
export const TIMER: OptionLaw = {
  expected: `milliseconds from 1 to ${LONGEST_MS}`,
  accepts: (value) => Number.isFinite(value) && Number(value) >= 1 && Number(value) <= LONGEST_MS,
};

/** A circular value and a bigint have none. */
export function hasJson(value: unknown): boolean {
  try {
    JSON.stringify(value);
    return true;
  } catch {
    return false;
  }
}

export const isText = (value: unknown): boolean => typeof value === "string" && value !== "";

/** The same law, for an option that may be null. */
export function orNull({ expected, accepts }: OptionLaw): OptionLaw {
  return { expected: `${expected}, or null`, accepts: (value) => value === null || accepts(value) };
}
