import type { Pruner } from "../pruners/pruner.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { isObject } from "../space/object.ts";
import type { Objective } from "../trial/context.ts";
import type { JsonObject } from "../trial/json.ts";
import { DURATION, parseDuration } from "./duration.ts";

/** A sampler or pruner by its name, with options that its own builder checks. */
export interface Named {
  readonly name: string;
  readonly options: JsonObject;
}

/** How the value of one key is read. */
export interface Check<T> {
  readonly expected: string;
  /** Undefined where `value` is not what is expected. */
  readonly read: (value: unknown) => T | undefined;
  readonly hint?: (value: unknown) => string | undefined;
}

export const NAME: Check<string> = {
  expected: 'a name of 1 to 120 letters, digits, ".", "_" or "-" that begins with a letter or digit',
  read: (value) =>
    typeof value === "string" && /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,119}$/u.test(value) ? value : undefined,
};

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
  read: (value) => (typeof value === "string" && value.trim() !== "" ? value : undefined),
};

export const POSITIVE_INTEGER: Check<number> = {
  expected: "an integer above 0",
  read: (value) => (isInteger(value) && value > 0 ? value : undefined),
  hint: tooLarge,
};

/** Each slot of a pool is a process of its own; more of them is a slip of the pen. */
export const MAX_SLOTS = 1024;

export const SLOTS: Check<number> = {
  expected: `an integer from 1 to ${MAX_SLOTS}`,
  read: (value) => (isInteger(value) && value > 0 && value <= MAX_SLOTS ? value : undefined),
};

export const SEED: Check<number> = {
  expected: "an integer, 0 or above",
  read: (value) => (isInteger(value) && value >= 0 ? value : undefined),
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
  read: (value) =>
    isList(value) && value.length > 0 && value.every((item) => typeof item === "string") ? texts(value) : undefined,
  hint: commandHint,
};

export const OBJECTIVE: Check<Objective<unknown>> = {
  expected: "a function, or an object with the functions evaluate and test",
  read: (value) => (isObjective(value) ? value : undefined),
};

export const SAMPLER: Check<Named | Sampler> = {
  expected: "a sampler: a name, { name: { option: value } }, or an object such as auto() gives",
  read: (value) => (isSampler(value) ? value : named(value)),
};

export const PRUNER: Check<Named | Pruner> = {
  expected: "a pruner: a name, { name: { option: value } }, or an object such as none() gives",
  read: (value) => (isPruner(value) ? value : named(value)),
};

/** One that a queue's name and a command line can carry. */
export function isTag(value: unknown): value is string {
  return typeof value === "string" && /^[a-z0-9][a-z0-9_-]{0,39}$/i.test(value);
}

function commandHint(value: unknown): string | undefined {
  if (typeof value === "string")
    return `Write a list, as no shell splits it: ${JSON.stringify(value.trim().split(/\s+/))}.`;
  const other = isList(value) ? value.find((item) => typeof item !== "string") : undefined;
  return typeof other === "number" || typeof other === "boolean" ? `Put ${other} in quotes: "${other}".` : undefined;
}

/** A name, or one name with its options. */
function named(value: unknown): Named | undefined {
  if (typeof value === "string") return value === "" ? undefined : { name: value, options: {} };
  if (!isObject(value)) return undefined;
  const entries = Object.entries(value);
  const [name, options] = entries[0] ?? [];
  return entries.length === 1 && name && isJsonObject(options) ? { name, options } : undefined;
}

function isObjective(value: unknown): value is Objective<unknown> {
  return typeof value === "function" || (has(value, "evaluate", "function") && has(value, "test", "function"));
}

function isSampler(value: unknown): value is Sampler {
  return has(value, "name", "string") && has(value, "propose", "function");
}

function isPruner(value: unknown): value is Pruner {
  return has(value, "name", "string") && has(value, "judge", "function");
}

function has(value: unknown, key: string, type: "function" | "string"): boolean {
  return isObject(value) && typeof value[key] === type;
}

function isJsonObject(value: unknown): value is JsonObject {
  return isObject(value) && Object.values(value).every(isJson);
}

function isJson(value: unknown): boolean {
  if (value === null || typeof value === "string" || typeof value === "boolean") return true;
  if (typeof value === "number") return Number.isFinite(value);
  return isList(value) ? value.every(isJson) : isJsonObject(value);
}

function isList(value: unknown): value is readonly unknown[] {
  return Array.isArray(value);
}

function tooLarge(value: unknown): string | undefined {
  if (!Number.isInteger(value) || Number(value) <= Number.MAX_SAFE_INTEGER) return undefined;
  return `At most ${Number.MAX_SAFE_INTEGER}: beyond that a number does not hold every integer.`;
}

function isInteger(value: unknown): value is number {
  return Number.isSafeInteger(value);
}

/** A copy, its items known to be texts. */
function texts(value: readonly unknown[]): readonly string[] {
  return value.map(String);
}
