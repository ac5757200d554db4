import { checkNames, invalid } from "../../trial/option-check.ts";
import type { Augmentation } from "./augmentation.ts";
import { imageShapeOf } from "./image-batch.ts";

/** How images are mirrored. */
export interface FlipOptions {
  /** `horizontal` swaps left and right, `vertical` top and bottom. Default horizontal. */
  readonly direction?: "horizontal" | "vertical";
  /** Share of the images that are mirrored, in [0, 1]. Default 0.5. */
  readonly probability?: number;
}

/**
 * Mirrors some of the images.
 *
 * @throws ParzenError OPTION_INVALID for a probability that is none, another direction, and, when it is called, for rows
 * that are no images
 */
export function flip(options: FlipOptions = {}): Augmentation {
  checkNames(options, ["direction", "probability"]);
  const { direction = "horizontal", probability = 0.5 } = options;
  if (!(probability >= 0 && probability <= 1)) {
    throw invalid("flip", "a probability in [0, 1]", probability);
  }
  if (direction !== "horizontal" && direction !== "vertical") {
    throw invalid("flip", '"horizontal" or "vertical"', direction);
  }
  return (batch) => {
    const { inputs, rng } = batch;
    const [height, width, channels] = imageShapeOf(batch, "flip");
    // A vertical flip swaps whole rows of pixels, a horizontal one the pixels within each.
    const [lines, line] = direction === "vertical" ? [height, width * channels] : [width, channels];
    const flipped = inputs.slice();
    const size = height * width * channels;
    for (let start = 0; start < inputs.length; start += size) {
      if (rng.next() >= probability) continue;
      for (let group = start; group < start + size; group += lines * line) {
        for (let at = 0; at < lines; at++) {
          const from = group + (lines - 1 - at) * line;
          flipped.set(inputs.subarray(from, from + line), group + at * line);
        }
      }
    }
    return flipped;
  };
}
