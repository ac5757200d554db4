import { ParzenError, show } from "../../errors.ts";
import type { Dataset } from "../datasets/dataset.ts";

/** How much each class counts in what is minimized, by class index; "balanced" makes every class count the same. */
export type ClassWeights = "balanced" | readonly number[];

/**
 * The weights for a train split. Balanced ones are rows / (classes x rows of the class), so their mean over the rows is 1.
 *
 * @throws ParzenError OPTION_INVALID
 * @source scikit-learn, `compute_class_weight`
 */
export function classWeightsFor(train: Dataset, weights: ClassWeights): readonly number[] {
  if (train.task === "regression") throw weightsWithoutClasses();
  const classes = train.classNames.length;
  if (weights !== "balanced") return checked(weights, classes);
  const counts = new Array<number>(classes).fill(0);
  for (const label of train.labels) counts[label] = (counts[label] ?? 0) + 1;
  return counts.map((count) => (count === 0 ? 0 : train.rows / (classes * count)));
}

/** The error of weights for a regression. */
export function weightsWithoutClasses(): ParzenError {
  return invalid("a training for classification", "one for regression");
}

function checked(weights: unknown, classes: number): readonly number[] {
  const isRight =
    Array.isArray(weights) && weights.length === classes && weights.every((weight) => weight >= 0 && weight < Infinity);
  if (!isRight) throw invalid(`"balanced" or ${classes} numbers from 0 on, one for each class`, show(weights));
  return weights;
}

function invalid(expected: string, received: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `classWeights: expected ${expected}, received ${received}`);
}
