import { type Preprocessing, restoreTarget } from "../data/preprocessing.ts";
import type { ClassificationDataset, Dataset } from "../datasets/dataset.ts";
import { confusionMatrix } from "../metrics/classes.ts";
import { rootMeanSquaredError } from "../metrics/errors.ts";
import { classFigures, errorFigures, hasConfusionMatrix, type MetricName } from "../metrics/named.ts";
import { crossEntropy, mostLikelyClasses, softmax } from "../metrics/probabilities.ts";

/** How well a model does on one split. */
export interface Score {
  /** Cross-entropy in nats, or the root mean squared error in the target's unit. */
  readonly loss: number;
  readonly metrics: { readonly [name: string]: number };
  /** Counts by true class, then by predicted class; where it was asked for. */
  readonly confusionMatrix?: readonly (readonly number[])[];
}

export interface ModelOutputs {
  /** Row-major, shape [rows, outputs]. */
  readonly values: Float32Array;
  /** Whether rows of classes are probabilities already; else they are logits. */
  readonly areProbabilities: boolean;
}

export interface ScoreOptions {
  readonly preprocessing: Preprocessing;
  /** Figures beside those that every score has. Default none. */
  readonly metrics?: readonly MetricName[] | undefined;
}

/** What every score has. */
const ALWAYS = { classification: ["accuracy", "crossEntropy"], regression: ["rmse", "mse", "mae"] } as const;

export function scoreOutputs(dataset: Dataset, outputs: ModelOutputs, options: ScoreOptions): Score {
  const { preprocessing, metrics = [] } = options;
  if (dataset.task === "classification") return scoreClasses(dataset, outputs, metrics);
  const predicted = restoreTarget(outputs.values, preprocessing);
  return {
    loss: rootMeanSquaredError(predicted, dataset.labels),
    metrics: errorFigures([...ALWAYS.regression, ...metrics], predicted, dataset.labels),
  };
}

function scoreClasses(
  { labels, classNames }: ClassificationDataset,
  { values, areProbabilities }: ModelOutputs,
  metrics: readonly MetricName[],
): Score {
  const classes = classNames.length;
  const probabilities = areProbabilities ? values : softmax(values, classes);
  const predicted = mostLikelyClasses(probabilities, classes);
  const judged = { classes, predicted, labels, probabilities };
  return {
    loss: crossEntropy(probabilities, labels),
    metrics: classFigures([...ALWAYS.classification, ...metrics], judged),
    ...(hasConfusionMatrix(metrics)
      ? { confusionMatrix: rowsOf(confusionMatrix(predicted, labels, classes), classes) }
      : {}),
  };
}

function rowsOf(counts: Int32Array, classes: number): readonly (readonly number[])[] {
  return Array.from({ length: classes }, (_, row) => [...counts.subarray(row * classes, (row + 1) * classes)]);
}

/**
 * The mean of every figure, with the loss of each fold as `fold1`, `fold2` ...; confusion matrices are added up. A single
 * score stays as it is.
 */
export function meanScore(scores: readonly Score[]): Score {
  const [first] = scores;
  if (first === undefined || scores.length === 1) return first ?? { loss: Number.NaN, metrics: {} };
  const names = Object.keys(first.metrics);
  const means = names.map((name) => [name, mean(scores.map(({ metrics }) => metrics[name] ?? Number.NaN))] as const);
  const folds = scores.map(({ loss }, fold) => [`fold${fold + 1}`, loss] as const);
  const { confusionMatrix } = first;
  return {
    loss: mean(scores.map(({ loss }) => loss)),
    metrics: Object.fromEntries([...means, ...folds]),
    ...(confusionMatrix === undefined ? {} : { confusionMatrix: sumOfCounts(confusionMatrix, scores) }),
  };
}

function sumOfCounts(counts: readonly (readonly number[])[], scores: readonly Score[]): readonly (readonly number[])[] {
  return counts.map((row, label) =>
    row.map((_, other) => scores.reduce((sum, score) => sum + (score.confusionMatrix?.[label]?.[other] ?? 0), 0)),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
