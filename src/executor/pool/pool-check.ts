import { isObject } from "../../space/object.ts";
import { MAX_SLOTS } from "../../sweep/checks.ts";
import {
  checkOptions,
  countFrom,
  invalid,
  isCount,
  isText,
  type OptionLaws,
  orNull,
} from "../../trial/option-check.ts";
import { LIMIT_LAWS, TIME } from "../ending.ts";
import type { TrialSource } from "./pool-options.ts";

const LAWS: OptionLaws = {
  source: { expected: "an object", accepts: isObject },
  slots: { expected: `an integer from 1 to ${MAX_SLOTS}, or a list of { slot, gpus, env }`, accepts: isSlots },
  ...LIMIT_LAWS,
  recycleAfter: orNull(countFrom(1)),
  memoryLimitMb: orNull({ expected: "MB above 0", accepts: (value) => typeof value === "number" && value > 0 }),
  heapLimitMb: orNull({ expected: "whole MB from 1", accepts: isCount(1) }),
  readyWithinMs: TIME,
  env: { expected: "variables by name", accepts: isObject },
};

const TEXT = { expected: "a text that is not empty", accepts: isText };
const VERSION = { expected: "a hash as text", accepts: (value: unknown) => (value ?? null) === null || isText(value) };

/** What every source of its kind has. */
const SOURCES: { readonly [K in TrialSource["kind"]]: OptionLaws } = {
  module: { file: TEXT, version: VERSION },
  command: {
    argv: { expected: "a list of texts: a program and its arguments", accepts: isCommand },
    cwd: TEXT,
    metric: TEXT,
    space: { expected: "a compiled space", accepts: isObject },
    version: VERSION,
  },
};

/** The argument may come from a caller without types. @throws OPTION_INVALID for what no pool can be made of */
export function checkPool(options: unknown): void {
  const { source } = checkOptions(options, LAWS);
  const { kind, ...given } = isObject(source) ? source : {};
  const laws = kind === "module" || kind === "command" ? SOURCES[kind] : undefined;
  if (laws === undefined) throw invalid("source.kind", '"module" or "command"', kind);
  for (const [key, { expected, accepts }] of Object.entries(laws)) {
    if (!accepts(given[key])) throw invalid(`source.${key}`, expected, given[key]);
  }
}

function isSlots(value: unknown): boolean {
  if (!Array.isArray(value)) return isCount(1)(value) && Number(value) <= MAX_SLOTS;
  const isSlot = (slot: unknown): boolean => isObject(slot) && Array.isArray(slot["gpus"]) && isObject(slot["env"]);
  return value.length >= 1 && value.length <= MAX_SLOTS && value.every(isSlot);
}

function isCommand(value: unknown): boolean {
  return Array.isArray(value) && isText(value[0]) && value.every((part) => typeof part === "string");
}
