import { didYouMean } from "../errors.ts";
import type { Objective } from "../trial/context.ts";
import {
  type Check,
  COMMAND,
  DIRECTION,
  METRIC,
  OBJECTIVE,
  POSITIVE_INTEGER,
  REQUIRES,
  SEED,
  SLOTS,
  TEXTS,
  TIME,
  WHERE,
} from "./checks.ts";
import { type ResolvedSweep, SWEEP_DEFAULTS } from "./resolved-sweep.ts";
import { fail, type SweepSource } from "./source.ts";
import { PRUNER, SAMPLER } from "./strategy-checks.ts";
import type { Sweep } from "./sweep.ts";
import { readSweepFidelity } from "./sweep-fidelity.ts";
import { NAME } from "./sweep-name.ts";
import { readCommand, readDefaults, readSpace, readWhere } from "./sweep-space.ts";

const KEYS: { readonly [K in keyof Required<Sweep>]: true } = {
  name: true,
  space: true,
  where: true,
  objective: true,
  command: true,
  direction: true,
  metric: true,
  maxTrials: true,
  timeout: true,
  trialTimeout: true,
  slots: true,
  keepModels: true,
  sampler: true,
  pruner: true,
  fidelity: true,
  seed: true,
  requires: true,
  data: true,
  defaults: true,
};

/**
 * Checks a definition, from a module or from YAML, and fills in what it leaves open.
 *
 * @param fallbackName the sweep's name where it gives none
 * @throws SweepError
 */
export function resolveSweep(definition: unknown, source: SweepSource, fallbackName: string): ResolvedSweep {
  const given = readKeys(definition, source);
  const read = <T>(key: keyof Sweep, check: Check<T>, fallback: T): T =>
    readKey(given, source, { key, check, fallback });
  const { objective, command } = readObjective(given, source);
  const where = read("where", WHERE, SWEEP_DEFAULTS.where);
  const space = readSpace(given["space"], source);
  const relations = readWhere(where, space, source);
  const fidelity = given["fidelity"] === undefined ? null : readSweepFidelity(given["fidelity"], source);
  if (command !== null) readCommand(command, { space, fidelity }, source);
  return {
    name: read("name", NAME, fallbackName),
    space,
    where,
    objective,
    command,
    direction: read("direction", DIRECTION, SWEEP_DEFAULTS.direction),
    metric: read("metric", METRIC, SWEEP_DEFAULTS.metric),
    maxTrials: read("maxTrials", POSITIVE_INTEGER, SWEEP_DEFAULTS.maxTrials),
    timeoutMs: read<number | null>("timeout", TIME, SWEEP_DEFAULTS.timeoutMs),
    trialTimeoutMs: read<number | null>("trialTimeout", TIME, SWEEP_DEFAULTS.trialTimeoutMs),
    slots: read("slots", SLOTS, SWEEP_DEFAULTS.slots),
    keepModels: read<number | null>("keepModels", POSITIVE_INTEGER, SWEEP_DEFAULTS.keepModels),
    sampler: read("sampler", SAMPLER, SWEEP_DEFAULTS.sampler),
    pruner: read("pruner", PRUNER, SWEEP_DEFAULTS.pruner),
    fidelity,
    seed: read("seed", SEED, SWEEP_DEFAULTS.seed),
    requires: read("requires", REQUIRES, SWEEP_DEFAULTS.requires),
    data: read("data", TEXTS, SWEEP_DEFAULTS.data),
    defaults:
      given["defaults"] === undefined
        ? SWEEP_DEFAULTS.defaults
        : readDefaults(given["defaults"], { space, relations }, source),
  };
}

type Given = { readonly [key: string]: unknown };

function readKeys(definition: unknown, source: SweepSource): Given {
  if (typeof definition !== "object" || definition === null || Array.isArray(definition)) {
    throw fail(source, [], {
      expected: 'a sweep: an object with "space" and "objective" or "command"',
      received: definition,
    });
  }
  const known = Object.keys(KEYS);
  for (const key of Object.keys(definition)) {
    if (known.includes(key)) continue;
    const meant = didYouMean(key, known);
    const hint = meant === "" ? `The keys of a sweep are ${known.join(", ")}.` : undefined;
    throw fail(source, [key], { expected: `unknown key${meant}`, hint, part: "key" });
  }
  const given = definition as Given; // an object
  if (given["space"] === undefined) throw fail(source, [], { expected: 'the key "space" is missing' });
  return given;
}

function readObjective(given: Given, source: SweepSource): Pick<ResolvedSweep, "objective" | "command"> {
  const { objective, command } = given;
  const isYaml = source.kind === "yaml";
  if (objective !== undefined && isYaml) {
    const hint = "Write `command: [program, argument, ...]`, or the sweep in TypeScript.";
    throw fail(source, ["objective"], { expected: "a function cannot be written in YAML or JSON", hint, part: "key" });
  }
  if (objective !== undefined && command !== undefined) {
    throw fail(source, ["command"], { expected: "a sweep has an objective or a command, not both", part: "key" });
  }
  if (objective === undefined && command === undefined) {
    throw fail(source, [], {
      expected: isYaml ? 'the key "command" is missing' : 'one of the keys "objective" and "command" is missing',
    });
  }
  return {
    objective: readKey<Objective<unknown> | null>(given, source, {
      key: "objective",
      check: OBJECTIVE,
      fallback: null,
    }),
    command: readKey<readonly string[] | null>(given, source, { key: "command", check: COMMAND, fallback: null }),
  };
}

interface KeyCheck<T> {
  readonly key: keyof Sweep;
  readonly check: Check<T>;
  readonly fallback: T;
}

function readKey<T>(given: Given, source: SweepSource, { key, check, fallback }: KeyCheck<T>): T {
  const value = given[key];
  if (value === undefined) return fallback;
  const read = check.read(value);
  if (read === undefined)
    throw fail(source, [key], { expected: check.expected, received: value, hint: check.hint?.(value) });
  return read;
}
