import { samplerFrom } from "../../src/samplers/registry.ts";
import type { Sampler } from "../../src/samplers/sampler.ts";
import type { StudyRecord } from "../../src/store/study-record.ts";
import { changesOf } from "../../src/study/identity.ts";
import type { RunOptions } from "../../src/study/settings.ts";
import { type Limits, readNotes } from "../study/notes.ts";
import type { RunPlan } from "./plan.ts";

/** What a run searches with. Null is no limit. */
export interface Search {
  readonly sampler: Sampler;
  readonly seed: number;
  readonly maxTrials: number | null;
  readonly timeoutMs: number | null;
}

/** How a run would go on with a study: with the study's own sampler and seed, and today's limits. */
export function searchOn(record: StudyRecord, plan: RunPlan): Search {
  const { maxTrials, timeoutMs } = { ...record.settings, ...newLimits(record, plan) };
  return { sampler: ownSampler(record, plan) ?? samplerFrom(record.sampler), seed: record.seed, maxTrials, timeoutMs };
}

/** The sampler of a plan where it is the study's; null where a flag chose another one when that was begun. */
export function ownSampler(record: StudyRecord, { sampler }: RunPlan): Sampler | null {
  return changesOf(record, { sampler }).length === 0 ? sampler : null;
}

/**
 * Limits by flag, and those that were edited in the sweep since the last run; all others stay as they are stored. What
 * was never run from the command line takes the sweep's. A total is never less than the numbers that were given out.
 */
export function newLimits(record: StudyRecord, plan: RunPlan): RunOptions {
  const { flags, sweep, timeoutMs } = plan;
  const { limits: before } = readNotes(record);
  const maxTrials = Math.max(plan.maxTrials, record.nextNumber);
  const { trialTimeoutMs } = sweep;
  const isNew = (limit: keyof Limits): boolean => before === undefined || before[limit] !== sweep[limit];
  return {
    ...(flags.maxTrials !== undefined || isNew("maxTrials") ? { maxTrials } : {}),
    ...(flags.timeout !== undefined || isNew("timeoutMs") ? { timeoutMs } : {}),
    ...(isNew("trialTimeoutMs") ? { trialTimeoutMs } : {}),
  };
}
