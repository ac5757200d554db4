import type { Tensor, Tensor3D, Tensor4D, Tensor5D } from "@tensorflow/tfjs-core";
import { type Computation, gradients, normal } from "./computation.ts";

type Pad = "same" | "valid";
type Strides = number | [number, number];

const CONVOLUTIONS: readonly (readonly [number, number, number, number, number, Strides, Pad])[] = [
  [8, 8, 1, 4, 3, 1, "valid"],
  [8, 8, 3, 4, 3, 1, "same"],
  [9, 7, 3, 5, 3, 2, "same"],
  [9, 8, 3, 5, 3, 2, "valid"],
  [10, 10, 2, 3, 5, 1, "same"],
  [8, 8, 4, 6, 1, 1, "same"],
  [11, 11, 2, 3, 4, 3, "valid"],
  [7, 7, 2, 3, 2, 2, "same"],
  [6, 6, 2, 3, 3, [2, 1], "same"],
];

const conv2d = CONVOLUTIONS.map(
  ([height, width, channels, filters, size, strides, pad]): Computation => ({
    name: `conv2d ${height}x${width}x${channels}, ${filters} filters of ${size}, strides ${strides}, ${pad}`,
    compute(tf) {
      const inputs = [normal(tf, [3, height, width, channels], 1), normal(tf, [size, size, channels, filters], 2)];
      return gradients(tf, (x, w) => tf.conv2d(x as Tensor4D, w as Tensor4D, strides, pad), inputs);
    },
  }),
);

const DEPTHWISE: readonly (readonly [number, number, number, number, Strides, Pad])[] = [
  [8, 3, 2, 3, 1, "same"],
  [9, 2, 1, 3, 2, "valid"],
  [7, 4, 3, 2, 2, "same"],
];

const depthwise = DEPTHWISE.map(
  ([size, channels, multiplier, filter, strides, pad]): Computation => ({
    name: `depthwise ${size}x${size}x${channels}, ${multiplier} filters of ${filter}, strides ${strides}, ${pad}`,
    compute(tf) {
      const inputs = [normal(tf, [2, size, size, channels], 1), normal(tf, [filter, filter, channels, multiplier], 2)];
      return gradients(tf, (x, w) => tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, strides, pad), inputs);
    },
  }),
);

const others: readonly Computation[] = [
  {
    name: "conv1d",
    compute: (tf) =>
      gradients(tf, (x, w) => tf.conv1d(x as Tensor3D, w as Tensor3D, 2, "same"), [
        normal(tf, [2, 9, 3], 1),
        normal(tf, [3, 3, 4], 2),
      ]),
  },
  {
    name: "separable conv2d",
    compute(tf) {
      const inputs = [normal(tf, [2, 6, 6, 3], 1), normal(tf, [3, 3, 3, 2], 2), normal(tf, [1, 1, 6, 4], 3)];
      const separable = (x: Tensor, d: Tensor, p: Tensor) =>
        tf.separableConv2d(x as Tensor4D, d as Tensor4D, p as Tensor4D, 1, "same");
      return gradients(tf, separable as (...inputs: Tensor[]) => Tensor, inputs);
    },
  },
  {
    name: "transposed conv2d, and its output",
    compute(tf) {
      const inputs = [normal(tf, [2, 5, 5, 3], 1), normal(tf, [3, 3, 4, 3], 2)] as const;
      const transposed = (x: Tensor, w: Tensor) =>
        tf.conv2dTranspose(x as Tensor4D, w as Tensor4D, [2, 10, 10, 4], 2, "same");
      return [transposed(...inputs), ...gradients(tf, transposed as (...inputs: Tensor[]) => Tensor, inputs)];
    },
  },
  ...(["same", "valid"] as const).map(
    (pad): Computation => ({
      name: `conv3d, ${pad}`,
      compute(tf) {
        const inputs = [normal(tf, [1, 5, 5, 5, 2], 1), normal(tf, [3, 3, 3, 2, 2], 2)];
        return gradients(tf, (x, w) => tf.conv3d(x as Tensor5D, w as Tensor5D, 1, pad), inputs);
      },
    }),
  ),
];

export const convolutionCases: readonly Computation[] = [...conv2d, ...depthwise, ...others];
