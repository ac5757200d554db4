import type { UnsortedSegmentSumAttrs, UnsortedSegmentSumInputs } from "@tensorflow/tfjs-core";
import { type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";

/**
 * Adds up the rows of each segment, which the wasm backend lacks: the gradient of gathered rows, so of an embedding.
 * Rows of a segment that does not exist are left out, as on the other backends.
 */
export const segmentSum: TrainingKernel = trainingKernel(
  "UnsortedSegmentSum",
  ({ inputs, attributes, ...call }: KernelCall<UnsortedSegmentSumInputs, UnsortedSegmentSumAttrs>) => {
    const { numSegments } = attributes;
    const sums = call.allocate([numSegments, ...inputs.x.shape.slice(1)], inputs.x.dtype);
    const [to, from, segments] = [call.values(sums), call.values(inputs.x), call.values(inputs.segmentIds)];
    const size = from.length / segments.length;
    to.fill(0);
    for (const [row, segment] of segments.entries()) {
      if (segment < 0 || segment >= numSegments) continue;
      for (let at = 0; at < size; at++) {
        const place = segment * size + at;
        to[place] = (to[place] ?? 0) + (from[row * size + at] ?? 0);
      }
    }
    return sums;
  },
);
