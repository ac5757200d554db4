import { lowest } from "../../../numerics/order.ts";
import type { Rng } from "../../../random/stream.ts";
import type { AllowedPoint } from "../../allowed.ts";
import { DOUBT } from "../data/doubt.ts";
import type { TrainingData } from "../data/training-data.ts";
import { distancesOf, type Kernel } from "../kernel/kernel.ts";

/** The trials nearest to a point that are asked whether they succeeded. */
const NEAREST = 3;

/** Beside them, so much of a trial that did, so that no point is closed for ever. */
const HOPE = 0.2;

/**
 * Where a proposal is sought: a point is open to all proposals, or to nine, six or one in ten, as none, one, two or all
 * of the nearest trials failed. So failures that are chance close no place for long, and a region where all fail is
 * looked into now and then.
 *
 * @param rng drawn from once, where a trial failed
 * @returns null where all points are open
 */
export function feasiblePoints(kernel: Kernel, { rows, doubts }: TrainingData, rng: Rng): AllowedPoint | null {
  if (!doubts.includes(DOUBT.failed)) return null;
  const mostFailures = Math.sqrt(1 - rng.next()) * (NEAREST + HOPE);
  const trials = kernel.features(rows.length);
  rows.forEach((row, index) => {
    kernel.fillFeatures(trials, index, row);
  });
  const query = kernel.features(1);
  const distances = distancesOf(rows.length);
  return (point) => {
    kernel.fillFeatures(query, 0, point);
    kernel.fillDistances({ x: query, row: 0, y: trials, count: rows.length }, distances);
    const failures = lowest(distances.squared, NEAREST).filter((trial) => doubts[trial] === DOUBT.failed);
    return failures.length <= mostFailures;
  };
}
