import { checkFunction } from "../argument-check.ts";
import type { Augmentation } from "./augmentation.ts";

/** One augmentation after another. @throws ParzenError OPTION_INVALID for one that is no function */
export function composeAugmentations(...augmentations: readonly Augmentation[]): Augmentation {
  for (const [at, each] of augmentations.entries()) checkFunction(`composeAugmentations: augmentation ${at + 1}`, each);
  return (batch) => augmentations.reduce((inputs, augment) => augment({ ...batch, inputs }), batch.inputs);
}
