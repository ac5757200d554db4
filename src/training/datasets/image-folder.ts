import { type Dirent, readdirSync } from "node:fs";
import { join } from "node:path";
import { decodedFiles } from "./cache.ts";
import type { ClassificationDataset, ImageShape } from "./dataset.ts";
import type { Pixels } from "./decode-image.ts";
import { imageDataset } from "./images.ts";
import { dataInvalid, pathOf, readBytes } from "./source-file.ts";

/** How image files become rows. */
export interface ImageFolderOptions {
  /** 3 for colours, red, green and blue, or 1 for their luminance. Alpha is left out. Default 3. */
  readonly channels?: 1 | 3;
}

/** Weights of red, green and blue in the luminance. @source ITU-R BT.601 */
const LUMINANCE = [0.299, 0.587, 0.114] as const;

interface ImageFile {
  /** `cats/1.png`, below the folder. */
  readonly name: string;
  readonly path: string;
  readonly label: number;
}

/**
 * Reads a folder that has one folder of PNG and JPEG images for each class; decoded once per process and shared. Pixels
 * are in [0, 1], classes and images sorted by their names. All images must have one size.
 *
 * @throws ParzenError DATA_INVALID naming the image
 */
export async function readImageFolder(
  folder: string | URL,
  { channels = 3 }: ImageFolderOptions = {},
): Promise<ClassificationDataset> {
  const { decodeImage } = await import("./decode-image.ts");
  const path = pathOf(folder);
  const classNames = entriesOf(path, (entry) => entry.isDirectory());
  if (classNames.length === 0) throw dataInvalid(path, "expected one folder of images for each class, found none");
  const files = classNames.flatMap((name, label) => imagesOf(path, name, label));
  const paths = files.map((file) => file.path);
  return decodedFiles.read(paths, ["image folder", path, channels], () => {
    const decode = ({ name, path }: ImageFile): Pixels => decodeImage(readBytes(path), name);
    const { shape, features } = stack(files, channels, decode);
    return imageDataset({ shape, features, labels: Int32Array.from(files, ({ label }) => label), classNames });
  });
}

function imagesOf(folder: string, className: string, label: number): readonly ImageFile[] {
  const names = entriesOf(join(folder, className), (entry) => !entry.isDirectory());
  if (names.length === 0) throw dataInvalid(className, "expected at least one image of this class, found none");
  return names.map((name) => ({ name: `${className}/${name}`, path: join(folder, className, name), label }));
}

/** Sorted; hidden ones are left out. */
function entriesOf(folder: string, isWanted: (entry: Dirent) => boolean): readonly string[] {
  try {
    const entries = readdirSync(folder, { withFileTypes: true });
    return entries
      .filter((entry) => isWanted(entry) && !entry.name.startsWith("."))
      .map(({ name }) => name)
      .sort();
  } catch (error) {
    throw dataInvalid(folder, `cannot be read (${error instanceof Error ? error.message : String(error)})`, error);
  }
}

/** Decodes one image after another into one array. */
function stack(
  files: readonly ImageFile[],
  channels: 1 | 3,
  decode: (file: ImageFile) => Pixels,
): { readonly shape: ImageShape; readonly features: Float32Array } {
  let size: { readonly name: string; readonly width: number; readonly height: number } | null = null;
  let features = new Float32Array(0);
  for (const [row, file] of files.entries()) {
    const pixels = decode(file);
    const { width, height } = pixels;
    size ??= { name: file.name, width, height };
    const length = width * height * channels;
    if (width !== size.width || height !== size.height) {
      const expected = `${size.width}x${size.height} pixels (width x height) as in ${size.name}`;
      throw dataInvalid(file.name, `expected ${expected}, received ${width}x${height}`);
    }
    if (row === 0) features = new Float32Array(files.length * length);
    write(pixels, features.subarray(row * length, (row + 1) * length), channels);
  }
  return { shape: [size?.height ?? 0, size?.width ?? 0, channels], features };
}

/** @param into shape [height, width, channels] */
function write({ data, channels: given, white }: Pixels, into: Float32Array, channels: 1 | 3): void {
  const isGrey = given < 3;
  const sample = (pixel: number, channel: number): number => (data[pixel * given + channel] ?? 0) / white;
  for (let pixel = 0; pixel < data.length / given; pixel++) {
    if (channels === 1) {
      into[pixel] = isGrey
        ? sample(pixel, 0)
        : LUMINANCE.reduce((sum, weight, channel) => sum + weight * sample(pixel, channel), 0);
      continue;
    }
    for (let channel = 0; channel < 3; channel++) into[pixel * 3 + channel] = sample(pixel, isGrey ? 0 : channel);
  }
}
