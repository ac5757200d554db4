import type { Conv2DBackpropInputAttrs, Conv2DBackpropInputInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { spread } from "./spread.ts";
import { windowsOf } from "./windows.ts";

/**
 * The gradient of a convolution's input, which is also what a transposed convolution computes.
 *
 * The stock kernel is right, but a scalar loop. It is a convolution as well: of the output's gradients, spread by the
 * strides, by the filter rotated by 180 degrees with inputs and outputs exchanged. XNNPACK does that.
 *
 * @source tfjs-backend-wasm 4.22, src/cc/kernels/Conv2DBackpropInput.cc
 */
export const conv2DInputGradient: TrainingKernel = trainingKernel(
  "Conv2DBackpropInput",
  (call: KernelCall<Conv2DBackpropInputInputs, Conv2DBackpropInputAttrs>) => {
    const { tf, inputs, attributes, run } = call;
    if (attributes.dataFormat !== "NHWC") return call.stock(inputs, attributes);
    const windows = windowsOf(tf, { ...attributes, filterShape: inputs.filter.shape });
    const { x, pad } = spread(call, inputs.dy, windows);
    const rotated = run("Reverse", { x: inputs.filter }, { dims: [0, 1] });
    const filter = run("Transpose", { x: rotated }, { perm: [0, 1, 3, 2] });
    return run("Conv2D", { x, filter }, { strides: 1, dilations: 1, pad, dataFormat: "NHWC" });
  },
);
