import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../../../src/training/index.ts";

/** Something to compute, and what to call it. */
export interface Computation {
  readonly name: string;
  compute(tf: TensorFlow): readonly Tensor[];
}

/** Its results on a backend, which is active afterwards. */
export async function computeOn(
  tf: TensorFlow,
  backend: string,
  compute: Computation["compute"],
): Promise<readonly (readonly number[])[]> {
  await tf.setBackend(backend);
  const tensors = tf.tidy(() => [...compute(tf)]);
  const values: number[][] = [];
  for (const tensor of tensors) values.push(Array.from(await tensor.data()));
  tf.dispose(tensors);
  return values;
}

/** The largest difference between two results, in units of the largest magnitude expected. */
export function differenceOf(expected: readonly number[], received: readonly number[]): number {
  if (expected.length !== received.length) return Number.POSITIVE_INFINITY;
  const scale = Math.max(1e-3, ...expected.map(Math.abs));
  const errors = expected.map((value, at) => Math.abs(value - (received[at] ?? Number.NaN)) / scale);
  return Math.max(0, ...errors);
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
