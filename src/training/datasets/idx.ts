import { basename } from "node:path";
import { checkNames } from "../../trial/option-check.ts";
import { decodedFiles } from "./cache.ts";
import { type ClassificationDataset, rowText } from "./dataset.ts";
import { imageDataset } from "./images.ts";
import { checkLabels, numberedClasses } from "./numbered-labels.ts";
import { dataInvalid, listed, pathOf, readBytes } from "./source-file.ts";

/** The two files of a dataset as MNIST has it. */
export interface IdxFiles {
  /** Three dimensions: images, rows, columns; or four, with channels. */
  readonly images: string | URL;
  /** One dimension. */
  readonly labels: string | URL;
}

/** What the labels of an IDX file mean. */
export interface IdxOptions {
  /** Names of the classes 0, 1, 2 ... Default: their numbers, up to the largest in the file. */
  readonly classes?: readonly string[];
}

/** An array of bytes. */
interface IdxArray {
  readonly file: string;
  readonly shape: readonly number[];
  readonly values: Uint8Array;
}

/** The type that MNIST and its likes have. */
const UNSIGNED_BYTE = 0x08;

/**
 * Reads images and labels in the IDX format of MNIST, gzipped or not; decoded once per process and shared. Pixels are in
 * [0, 1].
 *
 * @throws ParzenError DATA_INVALID naming file and row; OPTION_INVALID
 * @source LeCun, Cortes and Burges, The MNIST Database: "File formats"
 */
export function readIdx(files: IdxFiles, options: IdxOptions = {}): ClassificationDataset {
  checkNames(files, ["images", "labels"]);
  checkNames(options, ["classes"]);
  const [images, labels] = [pathOf(files.images), pathOf(files.labels)];
  return decodedFiles.read([images, labels], ["idx", options], () => {
    const pixels = readArray(images, [3, 4]);
    const { file, values } = readArray(labels, [1]);
    const [rows = 0, height = 0, width = 0, channels = 1] = pixels.shape;
    if (values.length !== rows) {
      throw dataInvalid(
        file,
        `expected ${rows} labels, one for each image of ${pixels.file}, received ${values.length}`,
      );
    }
    const classNames = options.classes === undefined ? numberedClasses(values) : listed("classes", options.classes);
    checkLabels(file, values, classNames.length);
    const features = ofWhite(pixels.values);
    return imageDataset({ shape: [height, width, channels], features, labels: Int32Array.from(values), classNames });
  });
}

/** Bytes as shares of white, in [0, 1]. `Float32Array.from` would take twenty times as long. */
function ofWhite(bytes: Uint8Array): Float32Array {
  const values = new Float32Array(bytes.length);
  for (let at = 0; at < bytes.length; at++) values[at] = (bytes[at] ?? 0) / 255;
  return values;
}

/** Two zeros, the type, the number of dimensions; each dimension in four bytes, the largest first; the values. */
function readArray(path: string, dimensions: readonly number[]): IdxArray {
  const file = basename(path);
  const bytes = readBytes(path);
  const [first, second, type, count = 0] = bytes;
  if (first !== 0 || second !== 0 || bytes.length < 4) {
    throw dataInvalid(file, `expected an IDX file, which begins with two zero bytes, received ${hex(bytes)}`);
  }
  if (type !== UNSIGNED_BYTE || !dimensions.includes(count)) {
    const expected = `unsigned bytes (type 8) in ${dimensions.join(" or ")} dimensions`;
    throw dataInvalid(file, `expected ${expected}, received type ${type} in ${count}`);
  }
  const start = 4 + 4 * count;
  if (bytes.length < start) throw dataInvalid(file, "the file is cut short within its dimensions");
  const shape = Array.from({ length: count }, (_, at) => bytes.readUInt32BE(4 + 4 * at));
  const size = shape.reduce((product, length) => product * length, 1);
  const values = bytes.subarray(start);
  if (values.length !== size) {
    const row = Math.floor(values.length / (size / (shape[0] ?? 1)));
    const problem = values.length < size ? `: the file is cut short in ${rowText(row)}` : "";
    throw dataInvalid(file, `expected ${shape.join("x")} = ${size} values, received ${values.length}${problem}`);
  }
  return { file, shape, values };
}

function hex(bytes: Buffer): string {
  return bytes.length === 0 ? "nothing" : bytes.subarray(0, 4).toString("hex");
}
