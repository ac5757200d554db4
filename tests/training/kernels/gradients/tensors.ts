import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { type Computation, gradients, normal } from "./computation.ts";

const BOOLEANS = [false, true] as const;

const products = BOOLEANS.flatMap((transposeA) =>
  BOOLEANS.map(
    (transposeB): Computation => ({
      name: `matrix product${transposeA ? ", first transposed" : ""}${transposeB ? ", second transposed" : ""}`,
      compute(tf) {
        const a = normal(tf, transposeA ? [70, 33] : [33, 70], 4);
        const b = normal(tf, transposeB ? [50, 70] : [70, 50], 5);
        const product = (x: Tensor, y: Tensor) => tf.matMul(x, y, transposeA, transposeB);
        return [product(a, b), ...gradients(tf, product as (...inputs: Tensor[]) => Tensor, [a, b])];
      },
    }),
  ),
);

const TILES: readonly (readonly [readonly number[], readonly number[]])[] = [
  [[3], [4]],
  [
    [2, 3],
    [3, 1],
  ],
  [
    [2, 3],
    [1, 2],
  ],
  [
    [2, 1, 3],
    [2, 4, 3],
  ],
  [
    [1, 1, 1, 5],
    [2, 3, 4, 1],
  ],
  [
    [2, 3],
    [1, 1],
  ],
  [
    [4, 1],
    [1, 7],
  ],
];

const tiles = TILES.map(
  ([shape, times]): Computation => ({
    name: `tile [${shape}] by [${times}]`,
    compute(tf) {
      const x = normal(tf, shape, 8);
      return [tf.tile(x, [...times]), ...gradients(tf, (given) => tf.tile(given, [...times]), [x])];
    },
  }),
);

const indexed: readonly Computation[] = [
  {
    name: "stacks of matrices",
    compute: (tf) => gradients(tf, (a, b) => tf.matMul(a!, b!), [normal(tf, [4, 13, 7], 4), normal(tf, [4, 7, 9], 5)]),
  },
  {
    name: "tile of whole numbers and of truths",
    compute: (tf) => [tf.tile(tf.tensor1d([1, 2], "int32"), [3]), tf.tile(tf.tensor2d([[true, false]]), [2, 2])],
  },
  {
    name: "gathered rows",
    compute(tf) {
      const rows = tf.tensor1d([0, 2, 2, 5], "int32");
      return gradients(tf, (x) => tf.gather(x!, rows), [normal(tf, [7, 4], 3)]);
    },
  },
  {
    name: "sums of segments",
    compute: (tf) => [tf.unsortedSegmentSum(normal(tf, [5, 2, 3], 3), tf.tensor1d([0, 2, 3, 2, 0], "int32"), 4)],
  },
  {
    name: "slices, joined and padded",
    compute(tf) {
      const join = (x: Tensor) =>
        tf.concat(
          [
            tf.slice(x, [0, 1], [3, 2]),
            tf.pad(x, [
              [0, 0],
              [1, 1],
            ]),
          ],
          1,
        );
      return gradients(tf, join as (...inputs: Tensor[]) => Tensor, [normal(tf, [3, 4], 3)]);
    },
  },
  {
    name: "einsum",
    compute: (tf) => [
      tf.einsum("ij,jk->ik", normal(tf, [2, 3], 1), normal(tf, [3, 4], 2)),
      tf.einsum("ij->ji", normal(tf, [2, 3], 1)),
    ],
  },
  {
    name: "greatest values and running sums",
    compute: (tf) => [tf.topk(tf.tensor1d([3, 1, 2]), 2).values, tf.cumsum(tf.tensor1d([3, 1, 2]))],
  },
  {
    name: "bilinear resizing",
    compute: (tf) =>
      gradients(tf, (x) => tf.image.resizeBilinear(x as Tensor4D, [10, 10]), [normal(tf, [1, 5, 5, 2], 1)]),
  },
  {
    name: "resizing by the nearest neighbour",
    compute: (tf) =>
      gradients(tf, (x) => tf.image.resizeNearestNeighbor(x as Tensor4D, [10, 10]), [normal(tf, [1, 5, 5, 2], 1)]),
  },
];

export const tensorCases: readonly Computation[] = [...products, ...tiles, ...indexed];
