import type { Point } from "../points.ts";
import type { Tried } from "../tpe/joint/tried-points.ts";
import { bestAndSpread } from "./subset.ts";
import { type Transform, transformLosses } from "./transform.ts";

/** Points and their standardized losses. */
export interface TrainingData {
  readonly rows: readonly Point[];
  readonly targets: Float64Array;
}

/** Trials that the model holds at most. */
const MOST_TRIALS = 300;

/** Of a longer history, the newest ones up to this number are all held, so that most of the others stay the same. */
const NEWEST = 50;

/** What a model learns from: all trials, or of many the best, some of the others, and the newest. */
export function trainingData({ points, losses }: Tried, transform: Transform): TrainingData {
  const targets = transformLosses(losses, transform);
  if (targets.length <= MOST_TRIALS) return { rows: points, targets };
  const older = targets.length - 1 - ((targets.length - 1) % NEWEST);
  const chosen = bestAndSpread(losses.subarray(0, older), MOST_TRIALS - NEWEST);
  for (let trial = older; trial < targets.length; trial++) chosen.push(trial);
  return {
    rows: chosen.map((trial) => points[trial] as Point), // one point a target
    targets: Float64Array.from(chosen, (trial) => targets[trial] as number),
  };
}
