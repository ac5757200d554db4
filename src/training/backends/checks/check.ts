import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../tensorflow.ts";

/** A computation whose results are known. */
export interface GradientCheck {
  readonly name: string;
  /** Runs inside a tidy. */
  compute(tf: TensorFlow): readonly Tensor[];
  /** One list of values, row-major, for each tensor. */
  readonly expected: readonly ArrayLike<number>[];
}

/** Whole numbers in -4..4, without a pattern that a wrong index would leave unchanged. */
export function integers(count: number, salt: number): Float32Array {
  return Float32Array.from({ length: count }, (_, i) => ((i * i * 7 + i * 3 + salt * 5) % 9) - 4);
}
