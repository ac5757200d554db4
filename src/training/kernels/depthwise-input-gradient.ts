import type {
  DepthwiseConv2dNativeBackpropInputAttrs,
  DepthwiseConv2dNativeBackpropInputInputs,
} from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { spread } from "./spread.ts";
import { windowsOf } from "./windows.ts";

type Call = KernelCall<DepthwiseConv2dNativeBackpropInputInputs, DepthwiseConv2dNativeBackpropInputAttrs>;

/**
 * The gradient of a depthwise convolution's input, which the wasm backend lacks.
 *
 * As for a whole convolution it is one of the output's gradients, spread by the strides, by the rotated filter; depthwise
 * too, with one filter to each output channel. Then the outputs that came from one input channel are added up.
 */
export const depthwiseInputGradient: TrainingKernel = trainingKernel(
  "DepthwiseConv2dNativeBackpropInput",
  (call: Call) => {
    const { tf, inputs, attributes, run } = call;
    const { inputShape } = attributes;
    const [height = 1, width = 1, channels = 1, multiplier = 1] = inputs.filter.shape;
    const { x, pad } = spread(call, inputs.dy, windowsOf(tf, { ...attributes, filterShape: inputs.filter.shape }));
    const rotated = run("Reverse", { x: inputs.filter }, { dims: [0, 1] });
    const filter = run("Reshape", { x: rotated }, { shape: [height, width, channels * multiplier, 1] });
    const byOutput = run("DepthwiseConv2dNative", { x, filter }, { strides: 1, dilations: 1, pad, dataFormat: "NHWC" });
    if (multiplier === 1) return byOutput;
    const grouped = run("Reshape", { x: byOutput }, { shape: [...inputShape, multiplier] });
    return run("Sum", { x: grouped }, { axis: [4], keepDims: false });
  },
);
