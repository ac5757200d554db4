import type { MaxPoolGradAttrs, MaxPoolGradInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";
import { forEachWindow, poolWindowsOf } from "./windows.ts";

/**
 * The gradient of max pooling: each window hands its own to the first of its values that equals its maximum, which the
 * forward pass has found already.
 *
 * The stock kernel seeks the maximum again, from the smallest positive float on. Where a window holds nothing above zero
 * it finds none and the gradient goes astray, without a word: wrong after anything but a ReLU.
 *
 * @source tfjs-backend-wasm 4.22, src/cc/kernels/MaxPoolGrad.cc
 */
export const maxPoolGradient: TrainingKernel = trainingKernel(
  "MaxPoolGrad",
  ({ tf, inputs, attributes, ...call }: KernelCall<MaxPoolGradInputs, MaxPoolGradAttrs>) => {
    const { shape } = inputs.input;
    const windows = poolWindowsOf(tf, shape, attributes);
    const gradient = call.allocate(shape);
    const [x, maxima] = [call.floats(inputs.input), call.floats(inputs.output)];
    const [dx, dy] = [call.floats(gradient), call.floats(inputs.dy)];
    dx.fill(0);
    const { inHeight, inWidth, inChannels } = windows;
    const rowSize = inWidth * inChannels;
    forEachWindow(windows, ({ image, index, firstRow, endRow, firstColumn, endColumn }) => {
      const start = (image * inHeight + firstRow) * rowSize + firstColumn * inChannels;
      const [height, width] = [(endRow - firstRow) * rowSize, (endColumn - firstColumn) * inChannels];
      for (let channel = 0, from = index * inChannels; channel < inChannels; channel++, from++) {
        const maximum = maxima[from] ?? Number.NaN;
        search: for (let row = start + channel; row < start + height; row += rowSize) {
          for (let place = row; place < row + width; place += inChannels) {
            if (x[place] !== maximum) continue;
            dx[place] = (dx[place] ?? 0) + (dy[from] ?? 0);
            break search;
          }
        }
      }
    });
    return gradient;
  },
);
