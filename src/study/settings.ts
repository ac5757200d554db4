import type { Pruner } from "../pruners/pruner.ts";
import type { Direction, StudySettings } from "../store/study-record.ts";
import { countFrom, invalid, isDuration, type OptionLaw, type OptionLaws, orNull } from "../trial/option-check.ts";
import { checkPruner } from "./strategy-check.ts";
import { orient } from "./view/direction.ts";

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
  const { pruner, targetLoss } = options;
  const settings: Partial<Record<keyof StudySettings, unknown>> = {};
  for (const [key, { expected, accepts }] of Object.entries(LIMITS)) {
    const value = options[key as keyof typeof options]; // it may have any of these keys
    if (value === undefined) continue;
    if (!accepts(value)) throw invalid(key, expected, value);
    settings[key as keyof StudySettings] = value; // they are those of settings
  }
  if (typeof targetLoss === "number") settings.targetLoss = orient(direction, targetLoss);
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

const TIME: OptionLaw = { expected: "milliseconds above 0", accepts: isDuration };

/** The settings that are numbers. */
const LIMITS: OptionLaws = {
  maxTrials: orNull(countFrom(1)),
  timeoutMs: orNull(TIME),
  trialTimeoutMs: orNull(TIME),
  targetLoss: orNull({ expected: "a number", accepts: Number.isFinite }),
  patience: orNull(countFrom(1)),
  maxFailures: countFrom(1),
  maxLost: countFrom(1),
  errorRetries: countFrom(0),
};

/** The names of `RunOptions`. */
export const RUN_NAMES: readonly string[] = [...Object.keys(LIMITS), "pruner"];
