import type { backend_util } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../tensorflow.ts";

/** Where the windows of a convolution or pooling lie, in numbers. */
export type Windows = backend_util.Conv2DInfo;

/** The attributes of a convolution or pooling of [batch, height, width, channels], without dilation. */
interface Sliding {
  readonly inputShape: readonly number[];
  /** [height, width, ...]. */
  readonly filterShape: readonly number[];
  readonly strides: number | [number, number];
  readonly pad: "valid" | "same" | number | backend_util.ExplicitPadding;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

export function windowsOf(tf: TensorFlow, sliding: Sliding): Windows {
  const { strides, pad, dimRoundingMode } = sliding;
  const [inputShape, filterShape] = [fourSizes(sliding.inputShape), fourSizes(sliding.filterShape)];
  return tf.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
}

/** Attributes of a pooling of [batch, height, width, channels], as its gradient is told them. */
interface Pooling extends Omit<Sliding, "inputShape" | "filterShape"> {
  readonly filterSize: number | [number, number];
}

/** Those of a pool over images of this shape. */
export function poolWindowsOf(tf: TensorFlow, inputShape: readonly number[], pooling: Pooling): Windows {
  const { filterSize } = pooling;
  const filterShape = typeof filterSize === "number" ? [filterSize, filterSize] : filterSize;
  return windowsOf(tf, { ...pooling, inputShape, filterShape });
}

function fourSizes([a = 1, b = 1, c = 1, d = 1]: readonly number[]): [number, number, number, number] {
  return [a, b, c, d];
}

/** Padding of rows and columns only. */
export function padding(
  rows: readonly [top: number, bottom: number],
  columns: readonly [left: number, right: number],
): backend_util.ExplicitPadding {
  return [[0, 0], [...rows], [...columns], [0, 0]];
}

/** One place of a filter or pool. */
export interface Window {
  readonly image: number;
  /** Of its output, counted over all images. */
  readonly index: number;
  /** Where it begins; negative where it begins in the padding. */
  readonly top: number;
  readonly left: number;
  /** What of it lies inside the image. */
  readonly firstRow: number;
  readonly endRow: number;
  readonly firstColumn: number;
  readonly endColumn: number;
}

/** Visits every window of every image, in the order of the outputs. */
export function forEachWindow(windows: Windows, visit: (window: Window) => void): void {
  const { batchSize, outHeight, outWidth, inHeight, inWidth, filterHeight, filterWidth, padInfo } = windows;
  for (let image = 0, index = 0; image < batchSize; image++) {
    for (let row = 0; row < outHeight; row++) {
      const top = row * windows.strideHeight - padInfo.top;
      const [firstRow, endRow] = [Math.max(0, top), Math.min(inHeight, top + filterHeight)];
      for (let column = 0; column < outWidth; column++, index++) {
        const left = column * windows.strideWidth - padInfo.left;
        const [firstColumn, endColumn] = [Math.max(0, left), Math.min(inWidth, left + filterWidth)];
        visit({ image, index, top, left, firstRow, endRow, firstColumn, endColumn });
      }
    }
  }
}
