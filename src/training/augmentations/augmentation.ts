import type { Rng } from "../../random/stream.ts";

/** Rows of one training step, before they are scaled. */
export interface AugmentationBatch {
  /** Row-major, one row after another. Treat it as read-only. */
  readonly inputs: Float32Array;
  /** Shape of one row: [columns], or [height, width, channels] of an image. */
  readonly shape: readonly number[];
  /** The only source of randomness to draw from: it makes a trial repeatable. */
  readonly rng: Rng;
}

/** Gives rows that could have been in the data as well, as many as it received, in the same order. */
export type Augmentation = (batch: AugmentationBatch) => Float32Array;
