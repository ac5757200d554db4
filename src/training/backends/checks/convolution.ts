import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import type { GradientCheck } from "./check.ts";
import { integers } from "./integers.ts";

type Shape = readonly [number, number, number, number];

type Pair = [number, number];

interface Case {
  readonly name: string;
  /** [batch, height, width, channels]. */
  readonly image: Shape;
  /** [height, width]. */
  readonly filter: readonly [number, number];
  /** Of the whole convolution; of each channel, where it is depthwise. */
  readonly filters: number;
  readonly isDepthwise: boolean;
  readonly stride: number;
  /** Rows and columns of zeros on every side. */
  readonly pad: number;
}

const CASES: readonly Case[] = [
  { name: "convolution", image: [2, 5, 6, 3], filter: [3, 2], filters: 4, isDepthwise: false, stride: 1, pad: 1 },
  {
    name: "strided convolution",
    image: [2, 7, 8, 3],
    filter: [3, 3],
    filters: 5,
    isDepthwise: false,
    stride: 2,
    pad: 0,
  },
  {
    name: "depthwise convolution",
    image: [2, 6, 5, 3],
    filter: [2, 3],
    filters: 2,
    isDepthwise: true,
    stride: 1,
    pad: 1,
  },
];

/** What convolutional layers compute, and both its gradients. Entries are small integers, so the results are exact. */
export const convolutionChecks: readonly GradientCheck[] = CASES.map((given) => {
  const { image, filter, filters, isDepthwise, stride, pad } = given;
  const [batch, height, width, channels] = image;
  const output: Shape = [
    batch,
    Math.floor((height + 2 * pad - filter[0]) / stride) + 1,
    Math.floor((width + 2 * pad - filter[1]) / stride) + 1,
    isDepthwise ? channels * filters : filters,
  ];
  const filterShape: Shape = [...filter, channels, filters];
  const padding = [
    [0, 0],
    [pad, pad],
    [pad, pad],
    [0, 0],
  ] as [Pair, Pair, Pair, Pair];
  const operands = {
    x: integers(size(image), 1),
    w: integers(size(filterShape), 2),
    weight: integers(size(output), 3),
  };
  return {
    name: given.name,
    compute(tf) {
      const convolve = isDepthwise ? tf.depthwiseConv2d : tf.conv2d;
      const inputs = [tf.tensor4d(operands.x, [...image]), tf.tensor4d(operands.w, [...filterShape])] as const;
      const weight = tf.tensor4d(operands.weight, [...output]);
      const layer = (x: Tensor, w: Tensor) => convolve(x as Tensor4D, w as Tensor4D, stride, padding);
      return [
        layer(...inputs),
        ...tf.grads((x, w) => tf.sum(tf.mul(layer(x as Tensor, w as Tensor), weight)))([...inputs]),
      ];
    },
    expected: byDefinition(given, output, operands),
  };
});

/** Output, and gradients of input and filter: each entry of the filter in each of its places, added where it belongs. */
function byDefinition(
  { image, filter, filters, isDepthwise, stride, pad }: Case,
  output: Shape,
  { x, w, weight }: { readonly [name in "x" | "w" | "weight"]: Float32Array },
): readonly Float32Array[] {
  const [y, dx, dw] = [new Float32Array(weight.length), new Float32Array(x.length), new Float32Array(w.length)];
  const filterShape: Shape = [...filter, image[3], filters];
  for (const [n, row, column] of placesOf([output[0], output[1], output[2], 1])) {
    for (const [i, j, channel, number] of placesOf(filterShape)) {
      const [top, left] = [row * stride + i - pad, column * stride + j - pad];
      if (top < 0 || top >= image[1] || left < 0 || left >= image[2]) continue;
      const toX = index(image, [n, top, left, channel]);
      const toW = index(filterShape, [i, j, channel, number]);
      const toY = index(output, [n, row, column, isDepthwise ? channel * filters + number : number]);
      add(y, toY, (x[toX] ?? 0) * (w[toW] ?? 0));
      add(dx, toX, (weight[toY] ?? 0) * (w[toW] ?? 0));
      add(dw, toW, (weight[toY] ?? 0) * (x[toX] ?? 0));
    }
  }
  return [y, dx, dw];
}

/** Every index of an array of this shape, in row-major order. */
function placesOf(shape: Shape): readonly Shape[] {
  return Array.from({ length: size(shape) }, (_, place): Shape => {
    const [, b, c, d] = shape;
    return [Math.floor(place / (b * c * d)), Math.floor(place / (c * d)) % b, Math.floor(place / d) % c, place % d];
  });
}

function index([, b, c, d]: Shape, [i, j, k, l]: Shape): number {
  return ((i * b + j) * c + k) * d + l;
}

function size([a, b, c, d]: Shape): number {
  return a * b * c * d;
}

function add(values: Float32Array, place: number, value: number): void {
  values[place] = (values[place] ?? 0) + value;
}
