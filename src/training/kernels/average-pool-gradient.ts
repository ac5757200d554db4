import type { AvgPoolGradAttrs, AvgPoolGradInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { forEachWindow, poolWindowsOf } from "./windows.ts";

/**
 * The gradient of average pooling: each window hands equal parts of its own to the values that it averaged.
 *
 * At the edges of an image these are fewer than the window is large, as padding does not count. The forward pass divides
 * by their number; the stock gradient, in wasm, cpu and webgpu alike, by the size of the window.
 */
export const averagePoolGradient: TrainingKernel = trainingKernel(
  "AvgPoolGrad",
  ({ tf, inputs, attributes, ...call }: KernelCall<AvgPoolGradInputs, AvgPoolGradAttrs>) => {
    const { shape } = inputs.input;
    const windows = poolWindowsOf(tf, shape, attributes);
    const { inHeight, inWidth, inChannels } = windows;
    const gradient = call.allocate(shape);
    const [dx, dy] = [call.floats(gradient), call.floats(inputs.dy)];
    dx.fill(0);
    forEachWindow(windows, (window) => {
      const { image, index, firstRow, endRow, firstColumn, endColumn } = window;
      const count = (endRow - firstRow) * (endColumn - firstColumn);
      for (let row = firstRow; row < endRow; row++) {
        const start = ((image * inHeight + row) * inWidth + firstColumn) * inChannels;
        for (let at = 0; at < (endColumn - firstColumn) * inChannels; at++) {
          const part = (dy[index * inChannels + (at % inChannels)] ?? 0) / count;
          dx[start + at] = (dx[start + at] ?? 0) + part;
        }
      }
    });
    return gradient;
  },
);
