import type { Conv2DBackpropFilterAttrs, Conv2DBackpropFilterInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { padding, windowsOf } from "./windows.ts";

/**
 * The gradient of a convolution's filter, which the wasm backend lacks.
 *
 * The filter's entry at (i, j) meets every place of dy together with the place of x that lies i, j further. So its
 * gradient is a convolution too, which XNNPACK does: of x, with its channels taken for the batch and its batch for the
 * channels, by dy as the filter. Where the layer steps over x by strides, that filter is spread by them: as dilations.
 */
export const conv2DFilterGradient: TrainingKernel = trainingKernel(
  "Conv2DBackpropFilter",
  ({ tf, inputs, attributes, run }: KernelCall<Conv2DBackpropFilterInputs, Conv2DBackpropFilterAttrs>) => {
    const [height, width, channels, filters] = attributes.filterShape;
    const windows = windowsOf(tf, { ...attributes, inputShape: inputs.x.shape });
    const { padInfo, strideHeight, strideWidth } = windows;
    const x = run("Transpose", { x: inputs.x }, { perm: [3, 1, 2, 0] });
    const filter = run("Transpose", { x: inputs.dy }, { perm: [1, 2, 0, 3] });
    const pad = padding([padInfo.top, padInfo.bottom], [padInfo.left, padInfo.right]);
    const dilations = [strideHeight, strideWidth];
    const gradient = run("Conv2D", { x, filter }, { strides: 1, dilations, pad, dataFormat: "NHWC" });
    // Rows and columns of x beyond the last window make the result larger than the filter.
    const fitting = run("Slice", { x: gradient }, { begin: [0, 0, 0, 0], size: [channels, height, width, filters] });
    return run("Transpose", { x: fitting }, { perm: [1, 2, 0, 3] });
  },
);
