import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import { type GradientCheck, integers } from "./check.ts";
import { byDefinition, type Convolution, type Shape, size } from "./convolution-by-definition.ts";

interface Case extends Omit<Convolution, "output" | "before"> {
  readonly name: string;
  /** "same" with stride 1 only. */
  readonly pad: "same" | "valid";
}

const PLAIN = { isDepthwise: false, stride: 1, pad: "same" } as const;

const CASES: readonly Case[] = [
  { ...PLAIN, name: "convolution", image: [2, 5, 6, 3], filter: [3, 2, 3, 4] },
  { ...PLAIN, name: "strided convolution", image: [2, 7, 8, 3], filter: [3, 3, 3, 5], stride: 2, pad: "valid" },
  { ...PLAIN, name: "depthwise convolution", image: [2, 6, 5, 3], filter: [2, 3, 3, 2], isDepthwise: true },
];

/** What convolutional layers compute, and both its gradients. Entries are small integers, so the results are exact. */
export const convolutionChecks: readonly GradientCheck[] = CASES.map((given) => {
  const { name, image, filter, isDepthwise, stride, pad } = given;
  const output = outputOf(given);
  const x = integers(size(image), 1);
  const w = integers(size(filter), 2);
  const weight = integers(size(output), 3);
  const before = pad === "same" ? ([middle(filter[0]), middle(filter[1])] as const) : ([0, 0] as const);
  return {
    name,
    compute(tf) {
      const convolve = isDepthwise ? tf.depthwiseConv2d : tf.conv2d;
      const layer = (...[images, filters]: Tensor[]) => convolve(images as Tensor4D, filters as Tensor4D, stride, pad);
      const weights = tf.tensor4d(weight, [...output]);
      const inputs = [tf.tensor4d(x, [...image]), tf.tensor4d(w, [...filter])];
      const loss = (...given: Tensor[]) => tf.sum(tf.mul(layer(...given), weights));
      return [layer(...inputs), ...tf.grads(loss)(inputs)];
    },
    expected: byDefinition({ image, filter, isDepthwise, stride, output, before }, { x, w, weight }),
  };
});

function outputOf({ image, filter, isDepthwise, stride, pad }: Case): Shape {
  const along = (length: number, width: number) =>
    pad === "same" ? length : Math.floor((length - width) / stride) + 1;
  const channels = isDepthwise ? filter[2] * filter[3] : filter[3];
  return [image[0], along(image[1], filter[0]), along(image[2], filter[1]), channels];
}

/** How much of the padding comes first, at the top and at the left. */
function middle(width: number): number {
  return Math.floor((width - 1) / 2);
}
