import type {
  DepthwiseConv2dNativeBackpropFilterAttrs,
  DepthwiseConv2dNativeBackpropFilterInputs,
} from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { forEachWindow, windowsOf } from "./windows.ts";

type Call = KernelCall<DepthwiseConv2dNativeBackpropFilterInputs, DepthwiseConv2dNativeBackpropFilterAttrs>;

/**
 * The gradient of a depthwise convolution's filter, which the wasm backend lacks: of each entry it is the sum, over all
 * windows, of the input under it times the gradient of the output that it took part in. XNNPACK has no depthwise filter
 * of the size that would make a convolution of this, so it is a loop, which adds up in float64.
 */
export const depthwiseFilterGradient: TrainingKernel = trainingKernel(
  "DepthwiseConv2dNativeBackpropFilter",
  (call: Call) => {
    const { tf, inputs, attributes } = call;
    const windows = windowsOf(tf, { ...attributes, inputShape: inputs.x.shape });
    const { inHeight, inWidth, inChannels, filterWidth, filterHeight } = windows;
    const [, , , multiplier] = attributes.filterShape;
    const outputs = inChannels * multiplier;
    const sums = new Float64Array(filterHeight * filterWidth * outputs);
    const [x, dy] = [call.floats(inputs.x), call.floats(inputs.dy)];
    forEachWindow(windows, ({ image, index, top, left, firstRow, endRow, firstColumn, endColumn }) => {
      for (let row = firstRow; row < endRow; row++) {
        for (let column = firstColumn; column < endColumn; column++) {
          const entry = ((row - top) * filterWidth + column - left) * outputs;
          const place = ((image * inHeight + row) * inWidth + column) * inChannels;
          for (let output = 0; output < outputs; output++) {
            const value = x[place + Math.floor(output / multiplier)] ?? 0;
            sums[entry + output] = (sums[entry + output] ?? 0) + value * (dy[index * outputs + output] ?? 0);
          }
        }
      }
    });
    const gradient = call.allocate(attributes.filterShape);
    call.floats(gradient).set(sums);
    return gradient;
  },
);
