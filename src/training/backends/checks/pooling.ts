import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../tensorflow.ts";
import type { GradientCheck } from "./check.ts";

/** 3x3, falling, nothing above zero; the four windows of 2x2 have their maxima at the top left, and weights 1 to 4. */
const IMAGE = [-1, -2, -3, -4, -5, -6, -7, -8, -9] as const;
const WEIGHTS = [1, 2, 3, 4] as const;

export const poolingChecks: readonly GradientCheck[] = [
  poolingCheck("max pooling", (tf, x) => tf.maxPool(x, 2, 1, "valid"), [1, 2, 0, 3, 4, 0, 0, 0, 0]),
  poolingCheck(
    "average pooling",
    (tf, x) => tf.avgPool(x, 2, 1, "valid"),
    [1, 3, 2, 4, 10, 6, 3, 7, 4].map((weight) => weight / 4),
  ),
];

function poolingCheck(
  name: string,
  pool: (tf: TensorFlow, x: Tensor4D) => Tensor4D,
  expected: readonly number[],
): GradientCheck {
  return {
    name,
    compute(tf) {
      const weights = tf.tensor4d([...WEIGHTS], [1, 2, 2, 1]);
      const x = tf.tensor4d([...IMAGE], [1, 3, 3, 1]);
      return [tf.grad((given) => tf.sum(tf.mul(pool(tf, given as Tensor4D), weights)))(x)];
    },
    expected: [expected],
  };
}
