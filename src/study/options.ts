import { didYouMean, ParzenError, show } from "../errors.ts";
import type { Pruner } from "../pruners/pruner.ts";
import { auto } from "../samplers/auto/auto.ts";
import type { Sampler } from "../samplers/sampler.ts";
import { fingerprint } from "../space/fingerprint.ts";
import type { ParamsOf } from "../space/infer.ts";
import type { RootSpace } from "../space/node.ts";
import { storedWhere, type Where } from "../space/relation/where.ts";
import type { Store } from "../store/store.ts";
import { checkStudyName } from "../store/study-name.ts";
import type { Direction, StudySettings, StudySpec } from "../store/study-record.ts";
import { type Fidelity, type FidelityOptions, readFidelity } from "../trial/fidelity.ts";
import { orient } from "./direction.ts";

/** What may be set anew at every run of a study. Null is no limit. */
export interface RunOptions {
  /** Total of trials, every one that holds a number counted. Default null. */
  readonly maxTrials?: number | null;
  /** Of each run; running trials are let end. Default null. */
  readonly timeoutMs?: number | null;
  /** Of each trial, which fails when it takes longer. Default null. */
  readonly trialTimeoutMs?: number | null;
  /** The study ends when a loss reaches it. Default null. */
  readonly targetLoss?: number | null;
  /** The study ends when so many trials in a row brought nothing better. Default null. */
  readonly patience?: number | null;
  /** The study pauses when so many trials in a row failed, or the first 5. Default 20. */
  readonly maxFailures?: number;
  /** How often a trial may be lost with its process before it counts as failed. Default 3. */
  readonly maxLost?: number;
  /** How often a trial whose objective threw is tried again. Default 0. */
  readonly errorRetries?: number;
  /** Default `none()`. */
  readonly pruner?: Pruner;
}

/** What makes a study, beside what may change from run to run. */
export interface StudyOptions<S extends RootSpace = RootSpace> extends RunOptions {
  /** Its identity in its store. Default "study". */
  readonly name?: string;
  readonly space: S;
  /** What params must satisfy, e.g. `"warmup < epochs"`. Default nothing. */
  readonly where?: Where<ParamsOf<NoInfer<S>>>;
  /** A path, `sqlite:` URL, `memory:`, or an open store, which the study then leaves open. Default `memory:`. */
  readonly store?: string | Store;
  /** Default `auto()`. */
  readonly sampler?: Sampler;
  /** An integer. Default 0. */
  readonly seed?: number;
  /** Default "minimize". */
  readonly direction?: Direction;
  /** What the loss is called. Default "loss". */
  readonly metric?: string;
  /** The budget of a trial, for pruners with rungs; a trial has `max` of it. Default none. */
  readonly fidelity?: FidelityOptions;
}

/** The same over any space. */
export type AnyStudyOptions = Omit<StudyOptions, "where"> & { readonly where?: Where<never> };

/** The spec of a new study, its defaults filled in here and nowhere else. */
export function specOf(options: AnyStudyOptions): StudySpec {
  const { name = "study", space, sampler = auto(), seed = 0, direction = "minimize", metric = "loss" } = options;
  checkNames(options);
  if (typeof sampler?.propose !== "function") throw invalid("sampler", "a sampler such as auto()", sampler);
  checkStudyName(name);
  if (!Number.isSafeInteger(seed)) throw invalid("seed", "an integer", seed);
  if (direction !== "minimize" && direction !== "maximize") {
    throw invalid("direction", '"minimize" or "maximize"', direction);
  }
  const { name: samplerName, version, options: samplerOptions } = sampler;
  return {
    name,
    space,
    fingerprint: fingerprint(space),
    where: storedWhere(options.where),
    direction,
    metric,
    seed,
    sampler: { name: samplerName, version, options: samplerOptions },
    ...(options.fidelity === undefined ? {} : { fidelity: fidelityOf(options.fidelity) }),
  };
}

/** @throws OPTION_INVALID */
export function fidelityOf(given: FidelityOptions): Fidelity {
  const read = readFidelity(given);
  if ("fidelity" in read) return read.fidelity;
  const { key, expected, received } = read.fault;
  const option = key === null ? "fidelity" : `fidelity.${key}`;
  if ("received" in read.fault) throw invalid(option, expected, received);
  throw new ParzenError("OPTION_INVALID", `${option}: ${expected}`);
}

/** The settings that options name, checked; `targetLoss` turned inward. */
export function settingsOf(options: RunOptions, direction: Direction): Partial<StudySettings> {
  const { pruner, targetLoss, ...limits } = options;
  const settings: Partial<Record<keyof StudySettings, unknown>> = {};
  for (const [key, check] of Object.entries(CHECKS)) {
    const value = (limits as Record<string, unknown>)[key];
    if (value === undefined) continue;
    if (!(check.nullable && value === null) && !check.isValid(value)) throw invalid(key, check.expected, value);
    settings[key as keyof StudySettings] = value;
  }
  if (targetLoss !== undefined) {
    if (targetLoss !== null && !Number.isFinite(targetLoss))
      throw invalid("targetLoss", "a number or null", targetLoss);
    settings.targetLoss = targetLoss === null ? null : orient(direction, targetLoss);
  }
  if (pruner !== undefined && typeof pruner?.judge !== "function")
    throw invalid("pruner", "a pruner such as none()", pruner);
  if (pruner !== undefined) settings.pruner = { name: pruner.name, options: pruner.options };
  return settings as Partial<StudySettings>; // each value was checked for its key
}

/** Settings of a study for which nothing else was said. */
export const DEFAULT_SETTINGS: StudySettings = {
  maxTrials: null,
  timeoutMs: null,
  trialTimeoutMs: null,
  targetLoss: null,
  patience: null,
  maxFailures: 20,
  maxLost: 3,
  errorRetries: 0,
  pruner: { name: "none", options: {} },
};

const isCount =
  (least: number) =>
  (value: unknown): boolean =>
    Number.isSafeInteger(value) && Number(value) >= least;
const isDuration = (value: unknown): boolean => Number.isFinite(value) && Number(value) > 0;

const CHECKS = {
  maxTrials: { nullable: true, isValid: isCount(1), expected: "an integer from 1, or null" },
  timeoutMs: { nullable: true, isValid: isDuration, expected: "milliseconds above 0, or null" },
  trialTimeoutMs: { nullable: true, isValid: isDuration, expected: "milliseconds above 0, or null" },
  patience: { nullable: true, isValid: isCount(1), expected: "an integer from 1, or null" },
  maxFailures: { nullable: false, isValid: isCount(1), expected: "an integer from 1" },
  maxLost: { nullable: false, isValid: isCount(1), expected: "an integer from 1" },
  errorRetries: { nullable: false, isValid: isCount(0), expected: "an integer from 0" },
} as const;

/** @throws OPTION_INVALID for what cannot be run */
export function checkOptimize(
  objective: unknown,
  options: { readonly parallelism?: number; readonly signal?: unknown; readonly keepModels?: unknown },
): void {
  const isObjective =
    typeof objective === "function" || (isObject(objective) && typeof objective["evaluate"] === "function");
  if (!isObjective) throw invalid("objective", "a function, or { evaluate, test }", objective);
  const { parallelism = 1, signal, keepModels = null } = options;
  if (!isCount(1)(parallelism)) throw invalid("parallelism", "an integer from 1", parallelism);
  if (keepModels !== null && !isCount(1)(keepModels))
    throw invalid("keepModels", "an integer from 1, or null", keepModels);
  if (signal !== undefined && !(signal instanceof AbortSignal)) throw invalid("signal", "an AbortSignal", signal);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

/** Every option of a study, and of the run that `fmin` makes of it. */
const NAMES = [
  ...["name", "space", "where", "store", "sampler", "seed", "direction", "metric", "fidelity", "pruner", "targetLoss"],
  ...[...Object.keys(CHECKS), "parallelism", "signal", "keepModels"],
];

/** A misspelt option would be ignored without a word. */
function checkNames(options: object): void {
  const stray = Object.keys(options).find((name) => !NAMES.includes(name));
  if (stray === undefined) return;
  throw new ParzenError("OPTION_INVALID", `${stray}: there is no such option${didYouMean(stray, NAMES)}`);
}

/** The error of an option that is not what is expected. */
export function invalid(option: string, expected: string, received: unknown): ParzenError {
  return new ParzenError("OPTION_INVALID", `${option}: expected ${expected}, received ${show(received)}`);
}
