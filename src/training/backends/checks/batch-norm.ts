import type { Tensor, Tensor1D, Tensor2D } from "@tensorflow/tfjs-core";
import { type GradientCheck, integers } from "./check.ts";

const [ROWS, CHANNELS] = [6, 3] as const;
const EPSILON = 0.5;
const SCALE = [2, -1, 3] as const;
const X = integers(ROWS * CHANNELS, 1);
const WEIGHT = integers(ROWS * CHANNELS, 2);

/**
 * Batch normalization in training: its gradients with respect to input, scale and offset, through mean and variance.
 *
 * @source Ioffe and Szegedy 2015 (ICML 37), section 3
 */
export const batchNormCheck: GradientCheck = {
  name: "batch normalization",
  compute(tf) {
    const inputs = [tf.tensor2d(X, [ROWS, CHANNELS]), tf.tensor1d([...SCALE]), tf.tensor1d([1, 2, 3])] as const;
    const weight = tf.tensor2d(WEIGHT, [ROWS, CHANNELS]);
    const loss = (x: Tensor2D, scale: Tensor1D, offset: Tensor1D) => {
      const { mean, variance } = tf.moments(x, [0]);
      const normalized = tf.batchNorm2d(x, mean as Tensor1D, variance as Tensor1D, offset, scale, EPSILON);
      return tf.sum(tf.mul(normalized, weight));
    };
    return tf.grads(loss as (...inputs: Tensor[]) => Tensor)([...inputs]);
  },
  expected: inClosedForm(),
};

function inClosedForm(): readonly (readonly number[])[] {
  const [dx, dScale, dOffset] = [new Array<number>(ROWS * CHANNELS), [] as number[], [] as number[]];
  for (const [channel, scale] of SCALE.entries()) {
    const x = column(X, channel);
    const weight = column(WEIGHT, channel);
    const mean = average(x);
    const deviation = Math.sqrt(average(x.map((value) => (value - mean) ** 2)) + EPSILON);
    const normalized = x.map((value) => (value - mean) / deviation);
    const slope = average(weight.map((value, row) => value * (normalized[row] ?? 0)));
    for (const [row, value] of weight.entries()) {
      const centred = value - average(weight) - slope * (normalized[row] ?? 0);
      dx[row * CHANNELS + channel] = (scale / deviation) * centred;
    }
    dScale.push(slope * ROWS);
    dOffset.push(average(weight) * ROWS);
  }
  return [dx, dScale, dOffset];
}

function column(values: Float32Array, channel: number): readonly number[] {
  return Array.from({ length: ROWS }, (_, row) => values[row * CHANNELS + channel] ?? 0);
}

function average(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
