import { checkNames, invalid } from "../../trial/option-check.ts";
import type { Augmentation } from "./augmentation.ts";
import { imageShapeOf } from "./image-batch.ts";

/** How far images are moved. */
export interface ShiftOptions {
  /** Most pixels up or down, and left or right: 1, 2 ... */
  readonly pixels: number;
  /** What comes in from outside, in the data's unit. Default 0. */
  readonly fill?: number;
}

/**
 * Moves each image by a whole number of pixels, every distance and direction being as likely; what leaves it is lost.
 *
 * @throws ParzenError OPTION_INVALID for pixels or a fill that are none, and, when it is called, for rows that are no images
 */
export function shift(options: ShiftOptions): Augmentation {
  checkNames(options, ["pixels", "fill"]);
  const { pixels, fill = 0 } = options;
  if (!Number.isSafeInteger(pixels) || pixels < 1) {
    throw invalid("shift", "pixels to be 1, 2 ...", pixels);
  }
  if (!Number.isFinite(fill)) throw invalid("shift", "fill to be a number", fill);
  return (batch) => {
    const { inputs, rng } = batch;
    const [height, width, channels] = imageShapeOf(batch, "shift");
    const distance = (): number => Math.floor(rng.next() * (2 * pixels + 1)) - pixels;
    const moved = new Float32Array(inputs.length).fill(fill);
    const size = height * width * channels;
    for (let start = 0; start < inputs.length; start += size) {
      const [down, right] = [distance(), distance()];
      const columns = width - Math.abs(right);
      for (let row = Math.max(0, down); columns > 0 && row < Math.min(height, height + down); row++) {
        const from = start + ((row - down) * width + Math.max(0, -right)) * channels;
        moved.set(
          inputs.subarray(from, from + columns * channels),
          start + (row * width + Math.max(0, right)) * channels,
        );
      }
    }
    return moved;
  };
}
