import type { Point } from "../../points.ts";
import type { Tried } from "../../tpe/joint/tried-points.ts";
import { DOUBT } from "./doubt.ts";
import { bestAndSpread } from "./subset.ts";
import { type Targets, type Transform, transformLosses } from "./transform.ts";

/** Points and what a model is told of their losses. */
export interface TrainingData extends Targets {
  readonly rows: readonly Point[];
}

/** Trials that the model holds at most. */
const MOST_TRIALS = 300;

/** Of a longer history, the newest ones up to this number are all held, so that most of the others stay the same. */
const NEWEST = 50;

/** What a model learns from: all trials, or of many the best, some of the others, and the newest. */
export function trainingData(
  { points, losses, estimated }: Omit<Tried, "pending">,
  transform: Transform,
): TrainingData {
  const { targets, doubts } = transformLosses(losses, transform);
  estimated.forEach((isEstimated, trial) => {
    if (isEstimated === 1 && doubts[trial] === DOUBT.none) doubts[trial] = DOUBT.guessed;
  });
  if (targets.length <= MOST_TRIALS) return { rows: points, targets, doubts };
  const older = targets.length - 1 - ((targets.length - 1) % NEWEST);
  const chosen = bestAndSpread(losses.subarray(0, older), MOST_TRIALS - NEWEST);
  for (let trial = older; trial < targets.length; trial++) chosen.push(trial);
  return takeTrials({ rows: points, targets, doubts }, chosen);
}

/** @param chosen indices of rows */
export function takeTrials({ rows, targets, doubts }: TrainingData, chosen: readonly number[]): TrainingData {
  return {
    rows: chosen.map((trial) => rows[trial] as Point), // an index, as below
    targets: Float64Array.from(chosen, (trial) => targets[trial] as number),
    doubts: Uint8Array.from(chosen, (trial) => doubts[trial] as number),
  };
}
