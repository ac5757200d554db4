import type { MaxPoolGradAttrs, MaxPoolGradInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, trainingKernel } from "./kernel.ts";
import { forEachWindow, type Window, type Windows, windowsOf } from "./windows.ts";

/**
 * The gradient of max pooling: each window hands its own to the first of its greatest values.
 *
 * The stock kernel seeks the greatest from the smallest positive float on. Where a window holds nothing above zero it
 * finds none and the gradient goes astray, without a word: wrong after anything but a ReLU.
 *
 * @source tfjs-backend-wasm 4.22, src/cc/kernels/MaxPoolGrad.cc
 */
export const maxPoolGradient = trainingKernel(
  "MaxPoolGrad",
  ({ tf, inputs: { dy, input }, attributes, ...call }: KernelCall<MaxPoolGradInputs, MaxPoolGradAttrs>) => {
    const { filterSize } = attributes;
    const filterShape = typeof filterSize === "number" ? [filterSize, filterSize] : filterSize;
    const windows = windowsOf(tf, { ...attributes, inputShape: input.shape, filterShape });
    const gradient = call.allocate(input.shape);
    const [x, dx, handed] = [call.floats(input), call.floats(gradient), call.floats(dy)];
    dx.fill(0);
    const channels = windows.inChannels;
    forEachWindow(windows, (window) => {
      for (let channel = 0; channel < channels; channel++) {
        const place = placeOfGreatest(x, windows, window, channel);
        if (place >= 0) dx[place] = (dx[place] ?? 0) + (handed[window.index * channels + channel] ?? 0);
      }
    });
    return gradient;
  },
);

/** Where a window's greatest value of a channel lies in the input; -1 where every one is NaN. */
function placeOfGreatest(x: Float32Array, windows: Windows, window: Window, channel: number): number {
  const { inHeight, inWidth, inChannels } = windows;
  let greatest = Number.NEGATIVE_INFINITY;
  let found = -1;
  for (let row = window.firstRow; row < window.endRow; row++) {
    const start = (window.image * inHeight + row) * inWidth;
    for (let column = window.firstColumn; column < window.endColumn; column++) {
      const place = (start + column) * inChannels + channel;
      const value = x[place] ?? Number.NaN;
      if (value > greatest) {
        greatest = value;
        found = place;
      }
    }
  }
  return found;
}
