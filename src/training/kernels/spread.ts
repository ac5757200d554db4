import type { backend_util, TensorInfo } from "@tensorflow/tfjs-core";
import type { KernelCall } from "./kernel.ts";
import { padding, type Windows } from "./windows.ts";

/** Gradients of a convolution's output, ready to be convolved by the rotated filter with stride 1. */
export interface SpreadGradient {
  readonly x: TensorInfo;
  readonly pad: backend_util.ExplicitPadding;
}

/**
 * Lays out the gradients of a convolution's output so that a convolution by the rotated filter gives those of its input.
 *
 * Seen from a place of the input, the windows that hold it lie a stride apart. So the values of dy are set that far
 * apart, with zeros between them and around; with stride 1 they stay as they are, and padding does the rest.
 *
 * @param dy shape [batch, height, width, channels]
 * @returns a new tensor, or dy itself
 */
export function spread(
  { allocate, floats }: Pick<KernelCall<unknown, unknown>, "allocate" | "floats">,
  dy: TensorInfo,
  windows: Windows,
): SpreadGradient {
  const { strideHeight, strideWidth, padInfo, filterHeight, filterWidth, inHeight, inWidth } = windows;
  const [top, left] = [filterHeight - 1 - padInfo.top, filterWidth - 1 - padInfo.left];
  const [bottom, right] = [inHeight - windows.outHeight + padInfo.top, inWidth - windows.outWidth + padInfo.left];
  if (strideHeight === 1 && strideWidth === 1 && Math.min(top, bottom, left, right) >= 0) {
    return { x: dy, pad: padding([top, bottom], [left, right]) };
  }
  const [height, width] = [inHeight + filterHeight - 1, inWidth + filterWidth - 1];
  const x = allocate([windows.batchSize, height, width, dy.shape[3] ?? 1]);
  setApart(floats(dy), floats(x), { windows, height, width, top, left });
  return { x, pad: padding([0, 0], [0, 0]) };
}

interface Layout {
  readonly windows: Windows;
  readonly height: number;
  readonly width: number;
  /** Where the first value goes; outside, where windows begin in more padding than the filter is wide. */
  readonly top: number;
  readonly left: number;
}

function setApart(from: Float32Array, to: Float32Array, { windows, height, width, top, left }: Layout): void {
  const { batchSize, outHeight, outWidth, strideHeight, strideWidth } = windows;
  const places = batchSize * outHeight * outWidth;
  const channels = from.length / places;
  to.fill(0);
  for (let index = 0; index < places; index++) {
    const column = left + (index % outWidth) * strideWidth;
    const row = top + (Math.floor(index / outWidth) % outHeight) * strideHeight;
    if (column < 0 || column >= width || row < 0 || row >= height) continue;
    const image = Math.floor(index / (outWidth * outHeight));
    const start = ((image * height + row) * width + column) * channels;
    for (let channel = 0; channel < channels; channel++) to[start + channel] = from[index * channels + channel] ?? 0;
  }
}
