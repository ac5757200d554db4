import type { TensorInfo, TileAttrs, TileInputs } from "@tensorflow/tfjs-core";
import { type HeapValues, type KernelCall, type TrainingKernel, trainingKernel } from "./kernel.ts";

/**
 * Repeats a tensor along its axes, as the gradients of means and of batch normalization do.
 *
 * The stock kernel works out the source of every single value. Here each stretch of values that stay together is copied
 * once, and what lies below an axis is then repeated as a whole, by copies within the output that double in length.
 *
 * @source tfjs-backend-wasm 4.22, src/cc/kernels/Tile.cc
 */
export const tile: TrainingKernel = trainingKernel("Tile", (call: KernelCall<TileInputs, TileAttrs>) => {
  const { x } = call.inputs;
  const { reps } = call.attributes;
  if (x.dtype === "string") return call.stock(call.inputs, call.attributes);
  const shape = x.shape.map((size, axis) => size * (reps[axis] ?? 1));
  const output = call.allocate(shape, x.dtype);
  const [from, to] = [call.values(x), call.values(output)];
  if (to.length > 0) writeBelow(0, { x, reps, from, to, read: 0, written: 0 });
  return output;
});

interface Progress {
  readonly x: TensorInfo;
  readonly reps: readonly number[];
  readonly from: HeapValues;
  readonly to: HeapValues;
  read: number;
  written: number;
}

/** Writes everything from this axis inwards, for the values that come next. */
function writeBelow(axis: number, progress: Progress): void {
  const { x, reps, from, to } = progress;
  const start = progress.written;
  if (reps.slice(axis + 1).every((times) => times === 1)) {
    const size = x.shape.slice(axis).reduce((product, length) => product * length, 1);
    to.set(from.subarray(progress.read, progress.read + size), start);
    progress.read += size;
    progress.written += size;
  } else {
    for (let index = 0; index < (x.shape[axis] ?? 0); index++) writeBelow(axis + 1, progress);
  }
  progress.written = repeat(to, [start, progress.written], reps[axis] ?? 1);
}

/** Repeats a block right behind itself; returns where the last one ends. */
function repeat(values: HeapValues, [start, end]: readonly [number, number], times: number): number {
  const goal = start + (end - start) * times;
  if (end - start === 1) values.fill(values[start] ?? 0, start, goal);
  else
    for (let have = end; have < goal; have += have - start)
      values.copyWithin(have, start, Math.min(have, start + goal - have));
  return goal;
}
