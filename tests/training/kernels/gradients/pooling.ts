import type { Tensor4D, Tensor5D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../../../src/training/index.ts";
import { type Computation, gradients, normal } from "./computation.ts";

const PADS = ["same", "valid"] as const;
const SIZES = [2, 3] as const;

/** Average pooling with padding is left out: there the cpu backend itself is wrong. */
const pooling2d = SIZES.flatMap((size): Computation[] => [
  ...PADS.map((pad) => ({
    name: `max pooling by ${size}, ${pad}`,
    compute: (tf: TensorFlow) =>
      gradients(tf, (x) => tf.maxPool(x as Tensor4D, size, 2, pad), [normal(tf, [2, 9, 9, 3], 3)]),
  })),
  {
    name: `average pooling by ${size}, valid`,
    compute: (tf) => gradients(tf, (x) => tf.avgPool(x as Tensor4D, size, 2, "valid"), [normal(tf, [2, 9, 9, 3], 3)]),
  },
]);

export const poolingCases: readonly Computation[] = [
  ...pooling2d,
  {
    name: "max pooling of nothing but negative values",
    compute(tf) {
      const x = tf.sub(tf.neg(tf.abs(normal(tf, [2, 6, 6, 3], 4))), 1);
      return gradients(tf, (given) => tf.maxPool(given as Tensor4D, 2, 2, "valid"), [x]);
    },
  },
  {
    name: "max pooling after a ReLU",
    compute: (tf) =>
      gradients(tf, (x) => tf.maxPool(tf.relu(x) as Tensor4D, 2, 2, "valid"), [normal(tf, [2, 9, 9, 3], 3)]),
  },
  {
    name: "max pooling in 3D",
    compute: (tf) => gradients(tf, (x) => tf.maxPool3d(x as Tensor5D, 2, 2, "valid"), [normal(tf, [1, 6, 6, 6, 2], 1)]),
  },
  {
    name: "average pooling in 3D",
    compute: (tf) => gradients(tf, (x) => tf.avgPool3d(x as Tensor5D, 2, 2, "valid"), [normal(tf, [1, 6, 6, 6, 2], 1)]),
  },
];
