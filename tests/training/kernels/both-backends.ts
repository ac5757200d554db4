import type { Tensor } from "@tensorflow/tfjs-core";
import { expect } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";

/** Something to compute, and what to call it. */
export interface Computation {
  readonly name: string;
  compute(tf: TensorFlow): readonly Tensor[];
}

/** TensorFlow.js with both backends started and the kernels of the wasm backend installed. */
export async function loadBoth(): Promise<TensorFlow> {
  await loadBackend({ prefer: "cpu" });
  return (await loadBackend({ prefer: "wasm" })).tf;
}

/** Both backends give the same, up to `tolerance` of the largest magnitude in a result; wasm is active afterwards. */
export async function expectSameOnBoth(
  tf: TensorFlow,
  compute: Computation["compute"],
  tolerance = 1e-5,
): Promise<void> {
  const expected = await computeOn(tf, "cpu", compute);
  const received = await computeOn(tf, "wasm", compute);
  expect(received.map(({ length }) => length)).toEqual(expected.map(({ length }) => length));
  for (const [index, values] of expected.entries()) {
    const scale = Math.max(1e-3, ...values.map(Math.abs));
    const errors = values.map((value, at) => Math.abs(value - (received[index]?.[at] ?? Number.NaN)) / scale);
    expect(Math.max(0, ...errors), `result ${index}`).toBeLessThan(tolerance);
  }
}

async function computeOn(tf: TensorFlow, backend: string, compute: Computation["compute"]): Promise<number[][]> {
  await tf.setBackend(backend);
  const tensors = tf.tidy(() => [...compute(tf)]);
  const values = tensors.map((tensor) => Array.from(tensor.dataSync()));
  tf.dispose(tensors);
  return values;
}

/** Values of a normal distribution, the same on every backend. */
export function normal(tf: TensorFlow, shape: readonly number[], seed: number): Tensor {
  return tf.randomNormal([...shape], 0, 1, "float32", seed);
}

/**
 * The gradients, with respect to each input, of the sum of squares of what a function gives: unlike those of the sum, they
 * differ from place to place.
 */
export function gradients(
  tf: TensorFlow,
  f: (...inputs: Tensor[]) => Tensor,
  inputs: readonly Tensor[],
): readonly Tensor[] {
  return tf.grads((...given: Tensor[]) => tf.sum(tf.square(f(...given))))([...inputs]);
}
