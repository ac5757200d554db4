import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../tensorflow.ts";

/** Bounds of the gradients of one step, each above 0. With both, values are clipped first. */
export interface Clipping {
  /** Every component stays within ±value. */
  readonly value?: number;
  /**
   * The Euclidean norm of all gradients together stays at or below it; they keep their direction.
   *
   * @source Pascanu, Mikolov and Bengio 2013, algorithm 1
   */
  readonly norm?: number;
}

/** The gradients within bounds. For use in a tidy. */
export function clipGradients(tf: TensorFlow, gradients: readonly Tensor[], { value, norm }: Clipping): Tensor[] {
  const bounded =
    value === undefined ? [...gradients] : gradients.map((gradient) => tf.clipByValue(gradient, -value, value));
  if (norm === undefined) return bounded;
  const squares = bounded.map((gradient) => tf.sum(tf.square(gradient)));
  const factor = tf.div(norm, tf.maximum(tf.sqrt(tf.addN(squares)), norm));
  return bounded.map((gradient) => tf.mul(gradient, factor));
}
