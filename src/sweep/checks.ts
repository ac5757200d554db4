import { isObject } from "../space/object.ts";
import type { Objective } from "../trial/context.ts";
import { isCount } from "../trial/option-check.ts";
import { DURATION, parseDuration } from "./duration.ts";

/** How the value of one key is read. */
export interface Check<T> {
  readonly expected: string;
  /** Undefined where `value` is not what is expected. */
  readonly read: (value: unknown) => T | undefined;
  readonly hint?: (value: unknown) => string | undefined;
}

export const WHERE: Check<readonly string[]> = {
  expected: 'a relation such as "warmup < epochs", or a list of them',
  read: (value) => (typeof value === "string" ? [value] : TEXTS.read(value)),
  hint: (value) =>
    typeof value === "function"
      ? "A sweep's relations are stored with its study; a function can be given to fmin and createStudy."
      : undefined,
};

export const DIRECTION: Check<"minimize" | "maximize"> = {
  expected: '"minimize" or "maximize"',
  read: (value) => (value === "minimize" || value === "maximize" ? value : undefined),
};

export const METRIC: Check<string> = {
  expected: "the name of a figure",
  read: (value) => (typeof value === "string" && value.trim() !== "" && !hasControls(value) ? value : undefined),
  hint: (value) =>
    typeof value === "string" && hasControls(value) ? "Its name has no line breaks, tabs and the like." : undefined,
};

function hasControls(text: string): boolean {
  return /\p{Cc}/u.test(text);
}

export const POSITIVE_INTEGER: Check<number> = {
  expected: "an integer above 0",
  read: (value) => (isCount(1)(value) ? value : undefined),
  hint: tooLarge,
};

/** Each slot of a pool is a process of its own; more of them is a slip of the pen. */
export const MAX_SLOTS = 1024;

export const SLOTS: Check<number> = {
  expected: `an integer from 1 to ${MAX_SLOTS}`,
  read: (value) => (isCount(1)(value) && value <= MAX_SLOTS ? value : undefined),
};

export const SEED: Check<number> = {
  expected: "an integer, 0 or above",
  read: (value) => (isCount(0)(value) ? value : undefined),
  hint: tooLarge,
};

export const TIME: Check<number> = {
  expected: DURATION,
  read: (value) => parseDuration(value) ?? undefined,
  hint: (value) => (typeof value === "number" && value > 0 ? "For no limit, leave the key out." : undefined),
};

export const TEXTS: Check<readonly string[]> = {
  expected: "a list of texts that are not empty",
  read: (value) =>
    isList(value) && value.every((item) => typeof item === "string" && item !== "") ? texts(value) : undefined,
  hint: (value) => (typeof value === "string" ? `Write a list: [${JSON.stringify(value)}].` : undefined),
};

/** What `isTag` takes, for messages. */
export const TAG = "1 to 40 letters, digits, - and _ that begin with a letter or digit";

/** What a slot can be asked to have: `gpu`, or whatever workers are started with. */
export const REQUIRES: Check<readonly string[]> = {
  expected: `a list of tags, each ${TAG}`,
  read: (value) => (isList(value) && value.every(isTag) ? texts(value) : undefined),
  hint: (value) => (isList(value) ? undefined : TEXTS.hint?.(value)),
};

export const COMMAND: Check<readonly string[]> = {
  expected: "a list of texts: a program and its arguments",
  read: (value) => (isList(value) && value.length > 0 && value.every(isArgument) ? texts(value) : undefined),
  hint: commandHint,
};

export const OBJECTIVE: Check<Objective<unknown>> = {
  expected: "a function, or an object with the functions evaluate and test",
  read: (value) => (isObjective(value) ? value : undefined),
  hint: (value) =>
    isObject(value) && !["undefined", "function"].includes(typeof value["check"])
      ? "Its check, where it has one, is a function too."
      : undefined,
};

/** One that a queue's name and a command line can carry. */
export function isTag(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9][a-z0-9_-]{0,39}$/i.test(value);
}

function isArgument(value: unknown): value is string {
  return typeof value === "string" && !value.includes("\u0000");
}

function commandHint(value: unknown): string | undefined {
  if (typeof value === "string")
    return `Write a list, as no shell splits it: ${JSON.stringify(value.trim().split(/\s+/))}.`;
  const other = isList(value) ? value.find((item) => !isArgument(item)) : undefined;
  if (typeof other === "string") return "No program can be given the character NUL, \\u0000.";
  return typeof other === "number" || typeof other === "boolean" ? `Put ${other} in quotes: "${other}".` : undefined;
}

function isObjective(value: unknown): value is Objective<unknown> {
  if (typeof value === "function") return true;
  if (!isObject(value)) return false;
  const { evaluate, test, check = test } = value;
  return [evaluate, test, check].every((each) => typeof each === "function");
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function tooLarge(value: unknown): string | undefined {
  if (!Number.isInteger(value) || Number(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  return `At most ${Number.MAX_SAFE_INTEGER}: beyond that a number does not hold every integer.`;
}

/** A copy, its items known to be texts. */
function texts(value: readonly unknown[]): readonly string[] {
  return value.map(String);
}
