import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../tensorflow.ts";
import type { GradientCheck } from "./check.ts";

const AT = [-2, -0.5, 0.5, 2] as const;

/** The derivatives of the usual activations at `AT`, and the gradient of softmax cross-entropy. */
export const activationChecks: readonly GradientCheck[] = [
  derivative("relu", (tf, x) => tf.relu(x), [0, 0, 1, 1]),
  derivative("leaky relu", (tf, x) => tf.leakyRelu(x, 0.25), [0.25, 0.25, 1, 1]),
  derivative(
    "tanh",
    (tf, x) => tf.tanh(x),
    AT.map((x) => 1 - Math.tanh(x) ** 2),
  ),
  derivative(
    "sigmoid",
    (tf, x) => tf.sigmoid(x),
    AT.map((x) => sigmoid(x) * (1 - sigmoid(x))),
  ),
  derivative(
    "elu",
    (tf, x) => tf.elu(x),
    AT.map((x) => Math.min(1, Math.exp(x))),
  ),
  {
    name: "softmax cross-entropy",
    compute(tf) {
      const labels = tf.tensor2d([0, 1, 0], [1, 3]);
      return [tf.grad((x) => tf.losses.softmaxCrossEntropy(labels, x))(tf.tensor2d([0, Math.log(2), 0], [1, 3]))];
    },
    expected: [[0.25, -0.5, 0.25]],
  },
];

function derivative(
  name: string,
  apply: (tf: TensorFlow, x: Tensor) => Tensor,
  expected: readonly number[],
): GradientCheck {
  return { name, compute: (tf) => [tf.grad((x) => tf.sum(apply(tf, x)))(tf.tensor1d([...AT]))], expected: [expected] };
}

function sigmoid(x: number): number {
  return 1 / (1 + Math.exp(-x));
}
