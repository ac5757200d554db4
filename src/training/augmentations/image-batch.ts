import { ParzenError, show } from "../../errors.ts";
import type { ImageShape } from "../datasets/dataset.ts";
import type { AugmentationBatch } from "./augmentation.ts";

/**
 * The shape of a batch's images.
 *
 * @throws ParzenError OPTION_INVALID where its rows are no images
 */
export function imageShapeOf({ shape }: AugmentationBatch, augmentation: string): ImageShape {
  const [height, width, channels] = shape;
  if (shape.length === 3 && height !== undefined && width !== undefined && channels !== undefined) {
    return [height, width, channels];
  }
  throw new ParzenError("OPTION_INVALID", `${augmentation}: expected images, received rows of shape ${show(shape)}`, {
    hint: "Give the dataset a shape: [height, width, channels].",
  });
}
