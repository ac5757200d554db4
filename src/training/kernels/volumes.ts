import type { backend_util } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../tensorflow.ts";

/** The attributes of a pooling of [batch, depth, height, width, channels]. */
interface Pooling {
  readonly filterSize: number | [number, number, number];
  readonly strides: number | [number, number, number];
  readonly pad: "valid" | "same" | number;
  readonly dimRoundingMode?: "floor" | "round" | "ceil";
}

/** One place of a pool in 3D. */
export interface Volume {
  /** Of its output, counted over all images, channels aside. */
  readonly index: number;
  /** Where the values of its first channel lie in the images, those in the padding left out; void after the visit. */
  readonly places: Int32Array;
}

/** Visits every place of a pool in 3D, in the order of the outputs. */
export function forEachVolume(
  tf: TensorFlow,
  shape: readonly number[],
  pooling: Pooling,
  visit: (volume: Volume) => void,
): void {
  const info = infoOf(tf, shape, pooling);
  const axes = axesOf(info);
  const places = new Int32Array(info.filterDepth * info.filterHeight * info.filterWidth);
  let index = 0;
  for (let image = 0; image < info.batchSize; image++) {
    for (const planes of axes.depth) {
      for (const rows of axes.height) {
        for (const columns of axes.width) {
          let count = 0;
          for (let plane = planes.first; plane < planes.end; plane++) {
            for (let row = rows.first; row < rows.end; row++) {
              const line = ((image * info.inDepth + plane) * info.inHeight + row) * info.inWidth;
              for (let column = columns.first; column < columns.end; column++) {
                places[count++] = (line + column) * info.inChannels;
              }
            }
          }
          visit({ index: index++, places: places.subarray(0, count) });
        }
      }
    }
  }
}

/** Shape of what a pool in 3D gives. */
export function pooledShape(tf: TensorFlow, shape: readonly number[], pooling: Pooling): readonly number[] {
  return infoOf(tf, shape, pooling).outShape;
}

function infoOf(tf: TensorFlow, shape: readonly number[], pooling: Pooling): backend_util.Conv3DInfo {
  const { filterSize, strides, pad, dimRoundingMode } = pooling;
  const volumes = shape as Parameters<typeof tf.backend_util.computePool3DInfo>[0]; // pooled ones have five axes
  return tf.backend_util.computePool3DInfo(volumes, filterSize, strides, 1, pad, dimRoundingMode);
}

/** What of a window lies inside the image, along one axis. */
interface Stretch {
  readonly first: number;
  readonly end: number;
}

function axesOf(info: backend_util.Conv3DInfo): { readonly [axis in "depth" | "height" | "width"]: Stretch[] } {
  const { padInfo } = info;
  return {
    depth: stretches(info.outDepth, info.strideDepth, [info.filterDepth, info.inDepth, padInfo.front]),
    height: stretches(info.outHeight, info.strideHeight, [info.filterHeight, info.inHeight, padInfo.top]),
    width: stretches(info.outWidth, info.strideWidth, [info.filterWidth, info.inWidth, padInfo.left]),
  };
}

function stretches(
  count: number,
  stride: number,
  [size, length, before]: readonly [size: number, length: number, before: number],
): Stretch[] {
  return Array.from({ length: count }, (_, window) => {
    const start = window * stride - before;
    return { first: Math.max(0, start), end: Math.min(length, start + size) };
  });
}
