import { didYouMean, ParzenError, show } from "../../errors.ts";
import { invalid } from "../../trial/option-check.ts";
import type { Dataset, Task } from "../datasets/dataset.ts";
import { accuracy, f1Score, topKAccuracy } from "./classes.ts";
import {
  absoluteLoss,
  meanAbsoluteError,
  meanSquaredError,
  r2Score,
  rootMeanSquaredError,
  squaredLoss,
} from "./errors.ts";
import { crossEntropy } from "./probabilities.ts";
import { rocAucOneVsRest } from "./roc-auc.ts";

/**
 * Figures that a classification can give by name. `top3Accuracy` and the like are the top-k accuracy; `f1` is that of
 * the second of two classes; `auc` the mean area under the ROC curve of each class against the others. A
 * `confusionMatrix`, rows of counts by true class, stands among the trial's attributes.
 */
export type ClassMetric =
  | "accuracy"
  | "crossEntropy"
  | `top${number}Accuracy`
  | "f1"
  | "f1Macro"
  | "f1Micro"
  | "auc"
  | "confusionMatrix";

/** Figures that a regression can give by name, in the target's own unit or its square; `r2` has none. */
export type ErrorMetric = "rmse" | "mse" | "mae" | "r2" | "absoluteLoss" | "squaredLoss";

/** Name of a figure that stands beside a trial's loss. */
export type MetricName = ClassMetric | ErrorMetric;

/** What a classifier said of each row. */
export interface JudgedClasses {
  readonly classes: number;
  /** Shape [n], as are the labels. */
  readonly predicted: Int32Array;
  readonly labels: Int32Array;
  /** Row-major, shape [n, classes]. */
  readonly probabilities: ArrayLike<number>;
}

const OF_CLASSES: { readonly [name: string]: (judged: JudgedClasses) => number } = {
  accuracy: ({ predicted, labels }) => accuracy(predicted, labels),
  crossEntropy: ({ probabilities, labels }) => crossEntropy(probabilities, labels),
  f1: ({ predicted, labels, classes }) => f1Score(predicted, labels, { classes, average: "binary" }),
  f1Macro: ({ predicted, labels, classes }) => f1Score(predicted, labels, { classes, average: "macro" }),
  f1Micro: ({ predicted, labels, classes }) => f1Score(predicted, labels, { classes, average: "micro" }),
  auc: ({ probabilities, labels }) => rocAucOneVsRest(probabilities, labels),
};

const OF_ERRORS: {
  readonly [name: string]: (predicted: ArrayLike<number>, targets: ArrayLike<number>) => number;
} = {
  rmse: rootMeanSquaredError,
  mse: meanSquaredError,
  mae: meanAbsoluteError,
  r2: r2Score,
  absoluteLoss,
  squaredLoss,
};

const TOP_K = /^top([1-9]\d*)Accuracy$/;
const CONFUSION_MATRIX = "confusionMatrix";

/** Names that each task knows, those of the top-k accuracies aside. */
const KNOWN: { readonly [task in Task]: readonly string[] } = {
  classification: [...Object.keys(OF_CLASSES), CONFUSION_MATRIX],
  regression: Object.keys(OF_ERRORS),
};

export function isMetricOf(name: string, task: Task): boolean {
  return KNOWN[task].includes(name) || (task === "classification" && TOP_K.test(name));
}

/** @throws ParzenError OPTION_INVALID for a metric that the task does not have, and for what is no list */
export function checkMetrics(names: readonly string[], task: Task): void {
  if (!Array.isArray(names)) throw invalid("metrics", "a list of figures", names);
  for (const name of names) {
    if (isMetricOf(name, task)) continue;
    const known = KNOWN[task].join(", ") + (task === "classification" ? ", top5Accuracy ..." : "");
    throw new ParzenError(
      "OPTION_INVALID",
      `metrics: expected figures of a ${task} (${known}), received ${show(name)}${didYouMean(name, KNOWN[task])}`,
    );
  }
}

/** @throws ParzenError OPTION_INVALID for a metric that the dataset cannot have */
export function checkMetricsOf(names: readonly string[], dataset: Dataset): void {
  if (dataset.task === "regression" || dataset.classNames.length === 2 || !names.includes("f1")) return;
  throw new ParzenError(
    "OPTION_INVALID",
    `metrics: "f1" needs two classes, the data has ${dataset.classNames.length}`,
    {
      hint: 'Take "f1Macro" or "f1Micro".',
    },
  );
}

export function hasConfusionMatrix(names: readonly string[]): boolean {
  return names.includes(CONFUSION_MATRIX);
}

/** The figures of these names; a confusion matrix is none. */
export function classFigures(names: readonly string[], judged: JudgedClasses): { readonly [name: string]: number } {
  const numbers = names.filter((name) => name !== CONFUSION_MATRIX);
  return Object.fromEntries(numbers.map((name) => [name, classFigure(name, judged)]));
}

export function errorFigures(
  names: readonly string[],
  predicted: ArrayLike<number>,
  targets: ArrayLike<number>,
): { readonly [name: string]: number } {
  return Object.fromEntries(names.map((name) => [name, OF_ERRORS[name]?.(predicted, targets) ?? Number.NaN]));
}

function classFigure(name: string, judged: JudgedClasses): number {
  const k = TOP_K.exec(name)?.[1];
  if (k !== undefined) return topKAccuracy(judged.probabilities, judged.labels, Number(k));
  return OF_CLASSES[name]?.(judged) ?? Number.NaN;
}
