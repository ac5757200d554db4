/** The decoders are pure JavaScript; only the reader of image folders loads them. */

import { convertIndexedToRgb, type DecodedPng, decode as decodePng } from "fast-png";
import jpeg from "jpeg-js";
import { thrownMessage } from "../../errors.ts";
import { areColoursPlain } from "./jpeg-colours.ts";
import { dataInvalid } from "./source-file.ts";

/** A picture as its file has it. */
export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** 1 grey, 2 grey and alpha, 3 red, green and blue, 4 these and alpha. */
  readonly channels: number;
  /** Shape [height, width, channels], each from 0 to `white`. */
  readonly data: Uint8Array | Uint8ClampedArray | Uint16Array;
  readonly white: number;
}

/**
 * Decodes a PNG or JPEG image, told apart by how its bytes begin.
 *
 * @param file for the message
 * @throws ParzenError DATA_INVALID naming the file
 */
export function decodeImage(bytes: Uint8Array, file: string): Pixels {
  const format = formatOf(bytes);
  if (format === null) throw dataInvalid(file, "expected a PNG or JPEG image, received neither");
  if (format === "PNG" && isPackedInterlaced(bytes)) {
    const expected = "expected a PNG that is not interlaced where a sample has fewer than 8 bits";
    throw dataInvalid(file, `${expected}; save it without interlacing`);
  }
  try {
    const pixels = format === "PNG" ? pixelsOf(decodePng(bytes, { checkCrc: true })) : decodeJpeg(bytes);
    const { width, height, channels, data } = pixels;
    if (data.length !== width * height * channels) throw new Error("pixels are missing");
    return pixels;
  } catch (error) {
    const reason = thrownMessage(error);
    throw dataInvalid(file, `cannot be decoded as ${format} (${reason}); it may be cut short`, error);
  }
}

function formatOf(bytes: Uint8Array): "PNG" | "JPEG" | null {
  const begin = Buffer.from(bytes.subarray(0, 4)).toString("hex");
  return begin === "89504e47" ? "PNG" : begin.startsWith("ffd8") ? "JPEG" : null;
}

/** Whether the decoder would take each byte for one pixel. Depth and interlacing stand in the header, which comes first. */
function isPackedInterlaced(png: Uint8Array): boolean {
  const [depth = 8, interlacing = 0] = [png[24], png[28]];
  return depth < 8 && interlacing > 0;
}

function decodeJpeg(bytes: Uint8Array): Pixels {
  const options = { useTArray: true, formatAsRGBA: false, tolerantDecoding: false } as const;
  const colours = areColoursPlain(bytes) ? { colorTransform: false } : {};
  const { width, height, data } = jpeg.decode(bytes, { ...options, ...colours });
  return { width, height, channels: 3, data, white: 255 };
}

/** Palettes are looked up, and pixels of less than eight bits unpacked. That of an image in colours is a mere proposal. */
function pixelsOf(png: DecodedPng): Pixels {
  const { width, height, depth, channels, data } = png;
  const palette = (channels === 1 ? png.palette : undefined) ?? (depth < 8 ? greys(2 ** depth) : null);
  if (palette === null) return { width, height, channels, data, white: 2 ** depth - 1 };
  return {
    width,
    height,
    channels: palette[0]?.length ?? 3,
    data: convertIndexedToRgb({ ...png, palette }),
    white: 255,
  };
}

/** A palette from black to white. */
function greys(count: number): number[][] {
  return Array.from({ length: count }, (_, shade) => [(shade * 255) / (count - 1)]);
}
