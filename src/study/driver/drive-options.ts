import { checkSlots, isExecutor } from "../../executor/executor.ts";
import { isFleet } from "../../executor/fleet.ts";
import { checkObjective } from "../../executor/objective.ts";
import { isObject } from "../../space/object.ts";
import {
  checkOptions,
  countFrom,
  invalid,
  isCount,
  isText,
  type OptionLaws,
  orNull,
  TIMER,
} from "../../trial/option-check.ts";
import { LEASE_MS } from "./lead.ts";

/** How trials run in this process. */
export interface OptimizeOptions extends Pick<DriveOptions, "keepModels"> {
  /** Trials of an asynchronous objective evaluated at once, 100,000 at most. Default 1. */
  readonly parallelism?: number;
  /** Aborted: running trials are asked to end and go back to the queue, and the study ends as "interrupted". */
  readonly signal?: AbortSignal;
}

/** How trials run on an executor or a fleet. */
export interface DriveOptions {
  /** Name of the sweep whose objective is meant. Default: the study's name. */
  readonly objective?: string;
  /** Hash of the objective's code. Default null: a function of this process. */
  readonly version?: string | null;
  /** Run although another process already does. Default false. */
  readonly join?: boolean;
  /** On a fleet: at most so many trials queued or running. Default: the slots of its live workers. */
  readonly parallelism?: number | null;
  /** How long the driver, and a trial of its own slots, counts as alive without a sign of life, from 1. Default 60,000. */
  readonly leaseMs?: number;
  /** Of how many of the best trials files are kept; null is of all. Default: all in a directory, 3 in Redis. */
  readonly keepModels?: number | null | undefined;
  /** Aborted: propose nothing more and let running trials end. */
  readonly drain?: AbortSignal;
  /** Aborted: hand running trials back at once. */
  readonly halt?: AbortSignal;
}

const COUNT = countFrom(1);
/** Each place takes memory from the start. */
const MOST_PLACES = 100_000;
const PLACES = {
  expected: `an integer from 1 to ${MOST_PLACES}`,
  accepts: (value: unknown) => isCount(1)(value) && Number(value) <= MOST_PLACES,
};
const SIGNAL = { expected: "an AbortSignal", accepts: (value: unknown) => value instanceof AbortSignal };

/** What the options of `optimize` may be. */
export const OPTIMIZE_LAWS: OptionLaws = { parallelism: PLACES, signal: SIGNAL, keepModels: orNull(COUNT) };

const DRIVE_LAWS: OptionLaws = {
  objective: { expected: "the name of a sweep", accepts: isText },
  version: orNull({ expected: "a hash as text", accepts: isText }),
  join: { expected: "true or false", accepts: (value) => typeof value === "boolean" },
  parallelism: orNull(COUNT),
  leaseMs: TIMER,
  keepModels: orNull(COUNT),
  drain: SIGNAL,
  halt: SIGNAL,
};

/** @throws OPTION_INVALID for what cannot be run */
export function checkOptimize(objective: unknown, options: unknown): void {
  checkObjective(objective);
  checkOptions(options, OPTIMIZE_LAWS);
}

/** @throws OPTION_INVALID for what cannot be driven */
export function checkDrive(evaluator: unknown, options: unknown): void {
  if (!isObject(evaluator) || !(isExecutor(evaluator) || isFleet(evaluator))) {
    throw invalid("evaluator", "an executor such as processPool(...), or a fleet", evaluator);
  }
  if (isExecutor(evaluator)) checkSlots(evaluator);
  checkOptions(options, DRIVE_LAWS);
}

/** Options with their defaults, of a study by its name. */
export function driveDefaults(options: DriveOptions, study: string): DriveOptions & DriveDefaults {
  const {
    objective = study,
    version = null,
    join = false,
    parallelism = null,
    leaseMs = LEASE_MS,
    ...others
  } = options;
  return { ...others, objective, version, join, parallelism, leaseMs };
}

type DriveDefaults = Required<Pick<DriveOptions, "objective" | "version" | "join" | "parallelism" | "leaseMs">>;
