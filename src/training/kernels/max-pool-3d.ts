import type { MaxPool3DAttrs, MaxPool3DGradAttrs, MaxPool3DGradInputs, MaxPool3DInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { forEachVolume, pooledShape } from "./volumes.ts";

/**
 * Max pooling in 3D. The stock kernel seeks the maximum from the smallest positive float on, so where a window holds
 * nothing above zero it gives that float, without a word.
 */
export const maxPool3D: TrainingKernel = trainingKernel(
  "MaxPool3D",
  ({ tf, inputs, attributes, ...call }: KernelCall<MaxPool3DInputs, MaxPool3DAttrs>) => {
    const { shape } = inputs.x;
    const channels = shape[4] ?? 1;
    const output = call.allocate(pooledShape(tf, shape, attributes));
    const [x, maxima] = [call.floats(inputs.x), call.floats(output)];
    maxima.fill(Number.NEGATIVE_INFINITY);
    forEachVolume(tf, shape, attributes, ({ index, places }) => {
      for (const place of places) {
        for (let channel = 0, to = index * channels; channel < channels; channel++, to++) {
          maxima[to] = Math.max(maxima[to] ?? 0, x[place + channel] ?? Number.NaN); // NaN stays NaN
        }
      }
    });
    return output;
  },
);

/**
 * Its gradient, as in 2D. The stock kernel has the same fault; that of the cpu backend, wrong where a window is no cube,
 * is no help.
 */
export const maxPool3DGradient: TrainingKernel = trainingKernel(
  "MaxPool3DGrad",
  ({ tf, inputs, attributes, ...call }: KernelCall<MaxPool3DGradInputs, MaxPool3DGradAttrs>) => {
    const { shape } = inputs.input;
    const channels = shape[4] ?? 1;
    const gradient = call.allocate(shape);
    const [x, maxima] = [call.floats(inputs.input), call.floats(inputs.output)];
    const [dx, dy] = [call.floats(gradient), call.floats(inputs.dy)];
    dx.fill(0);
    forEachVolume(tf, shape, attributes, ({ index, places }) => {
      for (let channel = 0, from = index * channels; channel < channels; channel++, from++) {
        const maximum = maxima[from] ?? Number.NaN;
        const first = places.find((place) => x[place + channel] === maximum);
        if (first !== undefined) dx[first + channel] = (dx[first + channel] ?? 0) + (dy[from] ?? 0);
      }
    });
    return gradient;
  },
);
