import type { ImageShape } from "./dataset.ts";
import type { Pixels } from "./decode-image.ts";
import { dataInvalid } from "./source-file.ts";

/** Weights of red, green and blue in the luminance. @source ITU-R BT.601 */
const LUMINANCE = [0.299, 0.587, 0.114] as const;

/** Images in one array. */
export interface ImageStack {
  readonly shape: ImageShape;
  /** Shape [n, height, width, channels], in [0, 1]. */
  readonly features: Float32Array;
}

/**
 * Decodes one image after another.
 *
 * @throws ParzenError DATA_INVALID for one whose size is not that of the first
 */
export function stackImages<F extends { readonly name: string }>(
  files: readonly F[],
  channels: 1 | 3,
  decode: (file: F) => Pixels,
): ImageStack {
  const write = channels === 1 ? writeLuminance : writeColours;
  let size = { name: "", width: 0, height: 0 };
  let features = new Float32Array(0);
  for (const [row, file] of files.entries()) {
    const pixels = decode(file);
    const { width, height } = pixels;
    const length = width * height * channels;
    if (row === 0) {
      size = { name: file.name, width, height };
      features = new Float32Array(files.length * length);
    } else if (width !== size.width || height !== size.height) {
      const expected = `${size.width}x${size.height} pixels (width x height) as in ${size.name}`;
      throw dataInvalid(file.name, `expected ${expected}, received ${width}x${height}`);
    }
    write(pixels, features.subarray(row * length, (row + 1) * length));
  }
  return { shape: [size.height, size.width, channels], features };
}

/** @param into shape [height, width, 3] */
function writeColours({ data, channels, white }: Pixels, into: Float32Array): void {
  const isGrey = channels < 3;
  for (let at = 0; at < into.length; at++) {
    const channel = isGrey ? 0 : at % 3;
    into[at] = (data[Math.floor(at / 3) * channels + channel] ?? 0) / white;
  }
}

/** @param into shape [height, width] */
function writeLuminance({ data, channels, white }: Pixels, into: Float32Array): void {
  const [red, green, blue] = channels < 3 ? [1, 0, 0] : LUMINANCE;
  for (let pixel = 0; pixel < into.length; pixel++) {
    const at = pixel * channels;
    into[pixel] = (red * (data[at] ?? 0) + green * (data[at + 1] ?? 0) + blue * (data[at + 2] ?? 0)) / white;
  }
}
