import type { Point, PointSpace } from "../points.ts";
import type { Tried } from "../tpe/joint/tried-points.ts";
import { Posterior } from "./belief/posterior.ts";
import { DOUBT } from "./data/doubt.ts";
import { type TrainingData, trainingData } from "./data/training-data.ts";
import { fitTheta } from "./fit/fit.ts";

/** What the model makes of the losses over a whole space, rather than near the best of them. */
export interface Surface {
  /** The expected loss at a point, standardized. */
  expected(point: Point): number;
  /**
   * Of the variance of losses, the part that the model foretells, each loss from all others: 1 is all of it; 0 is no more
   * than their mean does, and below that it is worse.
   */
  readonly explained: number;
}

const SMOOTHNESS = "5/2";

/** @param tried at least one of their losses is finite */
export function surfaceOf(points: PointSpace, tried: Omit<Tried, "pending">): Surface {
  const data = trainingData(tried, "whole");
  const start = fitTheta(points, data, { smoothness: SMOOTHNESS, start: null });
  const theta = fitTheta(points, data, { smoothness: SMOOTHNESS, start });
  const posterior = new Posterior(points, theta, SMOOTHNESS);
  posterior.update(data.rows, data);
  return {
    expected: (point) => posterior.mean(point),
    explained: explainedBy(posterior.expectedFromOthers(), data),
  };
}

/** Of the losses that are not doubted. */
function explainedBy(expected: Float64Array, { targets, doubts }: TrainingData): number {
  const known = Array.from(targets, (_, trial) => trial).filter((trial) => doubts[trial] === DOUBT.none);
  const target = (trial: number): number => targets[trial] as number; // one of them
  const foretold = (trial: number): number => expected[trial] as number; // as many
  const mean = known.reduce((sum, trial) => sum + target(trial), 0) / known.length;
  const around = known.reduce((sum, trial) => sum + (target(trial) - mean) ** 2, 0);
  const missed = known.reduce((sum, trial) => sum + (target(trial) - foretold(trial)) ** 2, 0);
  return around > 0 ? 1 - missed / around : 0;
}
