import type { Conv2DAttrs, Conv2DInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { padding } from "./windows.ts";

/**
 * Convolutions with padding "same". Where a filter is narrower than its stride in one direction, and not just one place
 * large, the stock kernels give nothing but zeros, without a word; told the same padding in numbers, they are right.
 */
export const samePaddingKernels: readonly TrainingKernel[] = [
  withNumbers("Conv2D"),
  withNumbers("FusedConv2D"),
  withNumbers("DepthwiseConv2dNative"),
  withNumbers("FusedDepthwiseConv2D"),
];

function withNumbers(name: string): TrainingKernel {
  return trainingKernel(name, ({ tf, inputs, attributes, stock }: KernelCall<Conv2DInputs, Conv2DAttrs>) => {
    if (attributes.pad !== "same") return stock(inputs, attributes);
    const { strides } = attributes;
    const dilations = attributes.dilations ?? 1; // typed as given; the depthwise layer gives null
    // Kernels of convolutions are given four axes each.
    const shapes = [inputs.x.shape, inputs.filter.shape] as [FourSizes, FourSizes];
    const { padInfo } = tf.backend_util.computeConv2DInfo(...shapes, strides, dilations, "same");
    const pad = padding([padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right]);
    return stock(inputs, { ...attributes, pad });
  });
}

type FourSizes = [number, number, number, number];
