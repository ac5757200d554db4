import type { Augmentation } from "./augmentation.ts";

/** One augmentation after another. */
export function composeAugmentations(...augmentations: readonly Augmentation[]): Augmentation {
  return (batch) => augmentations.reduce((inputs, augment) => augment({ ...batch, inputs }), batch.inputs);
}
