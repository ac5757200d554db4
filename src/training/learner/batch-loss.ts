import type { Scalar, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Task } from "../datasets/dataset.ts";
import { endsInSoftmax } from "../model/model.ts";
import type { TensorFlow } from "../tensorflow.ts";

/** Keeps the logarithm of a probability finite; that of Keras. */
const EPSILON = 1e-7;

/** The mean loss of a batch, whose gradient trains the model. */
export type BatchLoss = (outputs: Tensor2D, targets: Tensor2D) => Scalar;

/** What is minimized. */
export interface BatchLossOptions {
  readonly task: Task;
  readonly model: LayersModel;
  /** By class; null counts all rows alike. */
  readonly classWeights: readonly number[] | null;
}

/** Cross-entropy for classes, from logits or probabilities; mean squared error of the scaled target for regression. */
export function batchLoss(tf: TensorFlow, { task, model, classWeights }: BatchLossOptions): BatchLoss {
  if (task === "regression") return (outputs, targets) => tf.losses.meanSquaredError(targets, outputs);
  const rowLosses = endsInSoftmax(model) ? ofProbabilities(tf) : ofLogits(tf);
  if (classWeights === null) return (outputs, targets) => tf.mean(rowLosses(outputs, targets));
  return (outputs, targets) => {
    const weights = tf.sum(tf.mul(targets, tf.tensor1d([...classWeights])), 1);
    return tf.mean(tf.mul(weights, rowLosses(outputs, targets)));
  };
}

/** The loss of each row, shape [rows]. */
type RowLosses = (outputs: Tensor2D, targets: Tensor2D) => Tensor1D;

function ofLogits(tf: TensorFlow): RowLosses {
  return (logits, targets) => tf.losses.softmaxCrossEntropy(targets, logits, undefined, 0, tf.Reduction.NONE);
}

function ofProbabilities(tf: TensorFlow): RowLosses {
  return (probabilities, targets) => {
    const logLikelihoods = tf.mul(targets, tf.log(tf.clipByValue(probabilities, EPSILON, 1)));
    return tf.neg(tf.sum(logLikelihoods, 1));
  };
}
