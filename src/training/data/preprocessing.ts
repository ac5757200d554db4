import type { ClassificationDataset, Dataset } from "../datasets/dataset.ts";
import { fitScaling, type Scaling, scale, unscale } from "./scaling.ts";

/** What turns rows of data into a model's input, and its output into the target's unit. Kept with the model. */
export interface Preprocessing {
  /** Null where features go in as they are. */
  readonly features: Scaling | null;
  /** Null for classes. */
  readonly target: Scaling | null;
  /** Null for regression. */
  readonly classNames: readonly string[] | null;
}

/** Rows ready for a model. */
export interface Examples {
  readonly rows: number;
  /** Row-major, shape [rows, inputs]. */
  readonly inputs: Float32Array;
  /** Row-major, shape [rows, outputs]: one-hot classes, or the scaled target. */
  readonly targets: Float32Array;
}

export function fitPreprocessing(train: Dataset, options: { readonly standardize: boolean }): Preprocessing {
  return {
    features: options.standardize ? fitScaling(train.features, train.columns) : null,
    target: train.task === "regression" ? fitScaling(train.labels, 1) : null,
    classNames: train.task === "classification" ? train.classNames : null,
  };
}

export function preprocess(dataset: Dataset, preprocessing: Preprocessing): Examples {
  const { features, target } = preprocessing;
  return {
    rows: dataset.rows,
    inputs: features === null ? dataset.features : scale(dataset.features, features),
    targets: dataset.task === "classification" ? oneHot(dataset) : scaledTarget(dataset.labels, target),
  };
}

/** A regression model's outputs in the target's unit. */
export function restoreTarget(outputs: Float32Array, { target }: Preprocessing): Float32Array {
  return target === null ? outputs : unscale(outputs, target);
}

function scaledTarget(labels: Float32Array, scaling: Scaling | null): Float32Array {
  return scaling === null ? labels : scale(labels, scaling);
}

function oneHot({ labels, classNames }: ClassificationDataset): Float32Array {
  const targets = new Float32Array(labels.length * classNames.length);
  for (const [row, label] of labels.entries()) targets[row * classNames.length + label] = 1;
  return targets;
}
