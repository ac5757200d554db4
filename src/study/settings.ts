import type { Pruner } from "../pruners/pruner.ts";
import type { Direction, StudySettings } from "../store/study-record.ts";
import { invalid, isCount, isDuration } from "../trial/option-check.ts";
import { orient } from "./direction.ts";
import { checkPruner } from "./strategy-check.ts";

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
  /** The study ends when so many trials in a row brought nothing better; the first one is counted, as in Hyperopt. Default null. */
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

/** The settings that options name, checked; `targetLoss` turned inward. */
export function settingsOf(options: RunOptions, direction: Direction): Partial<StudySettings> {
  const { pruner, targetLoss, ...limits } = options;
  const settings: Partial<Record<keyof StudySettings, unknown>> = {};
  for (const [key, check] of Object.entries(LIMITS)) {
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
  if (pruner !== undefined) {
    checkPruner(pruner);
    settings.pruner = { name: pruner.name, options: pruner.options };
  }
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

/** What a setting that is a number may be. */
interface Limit {
  readonly nullable: boolean;
  readonly expected: string;
  isValid(value: unknown): boolean;
}

/** The settings that are numbers. */
export const LIMITS: { readonly [setting: string]: Limit } = {
  maxTrials: { nullable: true, isValid: isCount(1), expected: "an integer from 1, or null" },
  timeoutMs: { nullable: true, isValid: isDuration, expected: "milliseconds above 0, or null" },
  trialTimeoutMs: { nullable: true, isValid: isDuration, expected: "milliseconds above 0, or null" },
  patience: { nullable: true, isValid: isCount(1), expected: "an integer from 1, or null" },
  maxFailures: { nullable: false, isValid: isCount(1), expected: "an integer from 1" },
  maxLost: { nullable: false, isValid: isCount(1), expected: "an integer from 1" },
  errorRetries: { nullable: false, isValid: isCount(0), expected: "an integer from 0" },
};

/** The names of `RunOptions`. */
export const RUN_NAMES: readonly string[] = [...Object.keys(LIMITS), "targetLoss", "pruner"];
