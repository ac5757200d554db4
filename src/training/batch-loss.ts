import type { Scalar, Tensor2D } from "@tensorflow/tfjs-core";
import type { LayersModel } from "@tensorflow/tfjs-layers";
import type { Task } from "./datasets/dataset.ts";
import { endsInSoftmax } from "./model.ts";
import type { TensorFlow } from "./tensorflow.ts";

/** Keeps the logarithm of a probability finite; that of Keras. */
const EPSILON = 1e-7;

/** The mean loss of a batch, whose gradient trains the model. */
export type BatchLoss = (outputs: Tensor2D, targets: Tensor2D) => Scalar;

/** Cross-entropy for classes, from logits or probabilities; mean squared error of the scaled target for regression. */
export function batchLoss(tf: TensorFlow, task: Task, model: LayersModel): BatchLoss {
  if (task === "regression") return (outputs, targets) => tf.losses.meanSquaredError(targets, outputs);
  if (!endsInSoftmax(model)) return (logits, targets) => tf.losses.softmaxCrossEntropy(targets, logits);
  return (probabilities, targets) => {
    const logLikelihoods = tf.mul(targets, tf.log(tf.clipByValue(probabilities, EPSILON, 1)));
    return tf.neg(tf.mean(tf.sum(logLikelihoods, 1)));
  };
}
