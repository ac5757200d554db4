import { readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { thrownMessage } from "../../errors.ts";
import { checkNames, invalid } from "../../trial/option-check.ts";
import { decodedFiles } from "./cache.ts";
import type { ClassificationDataset } from "./dataset.ts";
import { imageDataset } from "./images.ts";
import { dataInvalid, pathOf, readBytes } from "./source-file.ts";
import { stackImages } from "./stack-images.ts";

/** How image files become rows. */
export interface ImageFolderOptions {
  /** 3 for colours, red, green and blue, or 1 for their luminance. Alpha is left out. Default 3. */
  readonly channels?: 1 | 3;
}

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
 * @throws ParzenError DATA_INVALID naming the image; OPTION_INVALID
 */
export async function readImageFolder(
  folder: string | URL,
  options: ImageFolderOptions = {},
): Promise<ClassificationDataset> {
  checkNames(options, ["channels"]);
  const { channels = 3 } = options;
  if (channels !== 1 && channels !== 3) throw invalid("channels", "1 or 3", channels);
  const { decodeImage } = await import("./decode-image.ts");
  const path = pathOf(folder);
  const classNames = entriesOf(path).filter((name) => isFolder(join(path, name)));
  if (classNames.length === 0) throw dataInvalid(path, "expected one folder of images for each class, found none");
  const files = classNames.flatMap((name, label) => imagesOf(path, name, label));
  const paths = files.map((file) => file.path);
  return decodedFiles.read(paths, ["image folder", path, channels], () => {
    const images = stackImages(files, channels, ({ name, path }) => decodeImage(readBytes(path), name));
    return imageDataset({ ...images, labels: Int32Array.from(files, ({ label }) => label), classNames });
  });
}

/** Not where a link leads nowhere. */
function isFolder(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isDirectory() ?? false;
}

function imagesOf(folder: string, className: string, label: number): readonly ImageFile[] {
  const names = entriesOf(join(folder, className));
  if (names.length === 0) throw dataInvalid(className, "expected at least one image of this class, found none");
  const files = names.map((name) => ({ name: `${className}/${name}`, path: join(folder, className, name), label }));
  const within = files.find(({ path }) => isFolder(path));
  if (within === undefined) return files;
  throw dataInvalid(within.name, "expected an image, found a folder: images lie in the folder of their class itself");
}

/** Sorted; hidden ones are left out. */
function entriesOf(folder: string): readonly string[] {
  try {
    return readdirSync(folder)
      .filter((name) => !name.startsWith("."))
      .sort();
  } catch (error) {
    throw dataInvalid(folder, `cannot be read (${thrownMessage(error)})`, error);
  }
}
