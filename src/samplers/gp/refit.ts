import type { PointSpace } from "../points.ts";
import type { TrainingData } from "./data/training-data.ts";
import { fitTheta } from "./fit/fit.ts";
import type { Smoothness } from "./kernel/matern.ts";
import type { Fit } from "./memo.ts";

/** A fit is used until there are this many times as many trials, but never for more than one while there are few. */
const GROWTH = 1.1;
const FEW = 20;

/** The latest fit, or a new one that begins from it where it is due. */
export function refit(
  points: PointSpace,
  data: TrainingData,
  last: { readonly fit: Fit | null; readonly trials: number; readonly smoothness: Smoothness },
): Fit {
  const { fit, trials, smoothness } = last;
  if (fit === null) return { trials, theta: fitTheta(points, data, { smoothness, start: null }) };
  const isDue = trials >= fit.trials * GROWTH + 0.5 || (trials < FEW && trials > fit.trials);
  return isDue ? { trials, theta: fitTheta(points, data, { smoothness, start: fit.theta }) } : fit;
}
