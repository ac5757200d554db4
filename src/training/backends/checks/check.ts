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
