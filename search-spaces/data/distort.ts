import type { AugmentationBatch } from "parzen/training";

/** Pixels of a side, and where the middle of a side is, in pixels. */
const SIZE = 8;
const CENTER = (SIZE - 1) / 2;

/** Writes each image as another hand might: turned, stretched, slanted and moved by a little, anew at every step. */
export function distort({ inputs, rng }: AugmentationBatch): Float32Array {
  const distorted = new Float32Array(inputs.length);
  const upTo = (most: number): number => most * (2 * rng.next() - 1);
  for (let start = 0; start < inputs.length; start += SIZE * SIZE) {
    const image = inputs.subarray(start, start + SIZE * SIZE);
    const [angle, tall, wide, slant] = [upTo(0.2), 1 + upTo(0.12), 1 + upTo(0.12), upTo(0.15)];
    const [cos, sin, right, down] = [Math.cos(angle), Math.sin(angle), upTo(1), upTo(1)];
    for (let at = 0; at < SIZE * SIZE; at++) {
      const [x, y] = [(at % SIZE) - CENTER - right, Math.floor(at / SIZE) - CENTER - down];
      const column = wide * (cos * x - sin * y) + slant * y + CENTER;
      const row = tall * (sin * x + cos * y) + CENTER;
      distorted[start + at] = inkAt(image, row, column);
    }
  }
  return distorted;
}

/** Ink between pixels, in the mean of the four around, each counted by how near it is; none outside the image. */
function inkAt(image: Float32Array, row: number, column: number): number {
  const [top, left] = [Math.floor(row), Math.floor(column)];
  const [below, beside] = [row - top, column - left];
  const pixel = (y: number, x: number): number =>
    y < 0 || y >= SIZE || x < 0 || x >= SIZE ? 0 : (image[y * SIZE + x] ?? 0);
  const upper = (1 - beside) * pixel(top, left) + beside * pixel(top, left + 1);
  const lower = (1 - beside) * pixel(top + 1, left) + beside * pixel(top + 1, left + 1);
  return (1 - below) * upper + below * lower;
}
