import { compileSpace } from "../../../src/space/compile.ts";
import { fingerprint } from "../../../src/space/fingerprint.ts";
import { hp } from "../../../src/space/hp.ts";
import type { Store } from "../../../src/store/store.ts";
import type { StudyRecord, StudySettings } from "../../../src/store/study-record.ts";
import type { QueuedTrial } from "../../../src/trial/trial.ts";

export const SPACE = { x: hp.uniform(0, 1) };
export const COMPILED = compileSpace(SPACE);

const SETTINGS: StudySettings = {
  maxTrials: null,
  timeoutMs: null,
  trialTimeoutMs: null,
  targetLoss: null,
  patience: null,
  maxFailures: 1_000_000,
  maxLost: 3,
  errorRetries: 0,
  pruner: { name: "none", options: {} },
};

/** A study over one number between 0 and 1. */
export function addStudy(store: Store, name: string, settings: Partial<StudySettings> = {}): Promise<StudyRecord> {
  const spec = {
    name,
    space: SPACE,
    fingerprint: fingerprint(SPACE),
    where: [],
    direction: "minimize",
    metric: "loss",
    seed: 1,
    sampler: { name: "random", version: 1, options: {} },
  } as const;
  return store.createStudy(spec, { ...SETTINGS, ...settings });
}

/** Queues trials; the params of each are its number after the point. */
export async function reserveTrials(store: Store, study: string, count: number): Promise<QueuedTrial[]> {
  const trials: QueuedTrial[] = [];
  for (let made = 0; made < count; made++) {
    const basis = (await store.findStudy(study))?.sequence ?? 0;
    const assignment = { x: Math.random() };
    const reserved = await store.reserve(study, {
      expectedNumber: null,
      basis,
      assignment,
      memo: null,
      origin: "enqueued",
    });
    if (reserved.kind !== "reserved" || reserved.trial.state !== "queued")
      throw new Error(`not reserved: ${reserved.kind}`);
    trials.push(reserved.trial);
  }
  return trials;
}
