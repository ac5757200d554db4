import type { Dataset } from "./datasets/dataset.ts";
import { accuracy } from "./metrics/classes.ts";
import { meanAbsoluteError, meanSquaredError, rootMeanSquaredError } from "./metrics/errors.ts";
import { crossEntropy, mostLikelyClasses, softmax } from "./metrics/probabilities.ts";
import { type Preprocessing, restoreTarget } from "./preprocessing.ts";

/** How well a model does on one split. */
export interface Score {
  /** Cross-entropy in nats, or the root mean squared error in the target's unit. */
  readonly loss: number;
  readonly metrics: { readonly [name: string]: number };
}

export interface ModelOutputs {
  /** Row-major, shape [rows, outputs]. */
  readonly values: Float32Array;
  /** Whether rows of classes are probabilities already; else they are logits. */
  readonly areProbabilities: boolean;
}

export function scoreOutputs(dataset: Dataset, outputs: ModelOutputs, preprocessing: Preprocessing): Score {
  if (dataset.task === "classification") {
    const classes = dataset.classNames.length;
    const probabilities = outputs.areProbabilities ? outputs.values : softmax(outputs.values, classes);
    const loss = crossEntropy(probabilities, dataset.labels);
    const predicted = mostLikelyClasses(probabilities, classes);
    return { loss, metrics: { accuracy: accuracy(predicted, dataset.labels), crossEntropy: loss } };
  }
  const predicted = restoreTarget(outputs.values, preprocessing);
  const rmse = rootMeanSquaredError(predicted, dataset.labels);
  const mse = meanSquaredError(predicted, dataset.labels);
  return { loss: rmse, metrics: { rmse, mse, mae: meanAbsoluteError(predicted, dataset.labels) } };
}

/** The mean of every figure, with the loss of each fold as `fold1`, `fold2` ...; a single score stays as it is. */
export function meanScore(scores: readonly Score[]): Score {
  const [first] = scores;
  if (first === undefined || scores.length === 1) return first ?? { loss: Number.NaN, metrics: {} };
  const names = Object.keys(first.metrics);
  const means = names.map((name) => [name, mean(scores.map(({ metrics }) => metrics[name] ?? Number.NaN))] as const);
  const folds = scores.map(({ loss }, fold) => [`fold${fold + 1}`, loss] as const);
  return { loss: mean(scores.map(({ loss }) => loss)), metrics: Object.fromEntries([...means, ...folds]) };
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
