import { basename } from "node:path";
import { didYouMean, ParzenError, show } from "../../errors.ts";
import { checkNames, invalid } from "../../trial/option-check.ts";
import { decodedFiles } from "./cache.ts";
import { type ClassificationDataset, type ImageShape, rowText } from "./dataset.ts";
import { imageDataset } from "./images.ts";
import { checkLabels } from "./numbered-labels.ts";
import { dataInvalid, listed, pathOf, readBytes } from "./source-file.ts";

/** Which of the CIFAR datasets a file belongs to: 10 classes, or 100 in 20 groups. */
export interface CifarOptions {
  /** `cifar-100` reads the 100 fine labels, `cifar-100-coarse` the 20 groups. */
  readonly kind: "cifar-10" | "cifar-100" | "cifar-100-coarse";
  /** Names of the classes 0, 1, 2 ... Default: those of CIFAR-10; for CIFAR-100 their numbers. */
  readonly classes?: readonly string[];
}

/** How a record of 32x32 pixels begins: so many labels, of which one is read. */
interface Layout {
  readonly labels: number;
  readonly label: number;
  readonly classes: number;
}

const LAYOUTS: { readonly [kind in CifarOptions["kind"]]: Layout } = {
  "cifar-10": { labels: 1, label: 0, classes: 10 },
  "cifar-100": { labels: 2, label: 1, classes: 100 },
  "cifar-100-coarse": { labels: 2, label: 0, classes: 20 },
};

const CIFAR_10 = ["airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"];
const SHAPE: ImageShape = [32, 32, 3];
const PLANE = 32 * 32;

/**
 * Reads files in the binary format of CIFAR-10 or CIFAR-100, one after another, gzipped or not; decoded once per process
 * and shared. Pixels are in [0, 1].
 *
 * @throws ParzenError DATA_INVALID naming file and row; OPTION_INVALID
 * @source Krizhevsky 2009, Learning Multiple Layers of Features from Tiny Images: "Binary version"
 */
export function readCifar(
  files: string | URL | readonly (string | URL)[],
  options: CifarOptions,
): ClassificationDataset {
  checkNames(options, ["kind", "classes"]);
  const paths = (Array.isArray(files) ? files : [files]).map(pathOf);
  const classNames = classNamesOf(options);
  return decodedFiles.read(paths, ["cifar", options], () => {
    const records = paths.flatMap((path) => readRecords(path, LAYOUTS[options.kind]));
    const features = new Float32Array(records.length * 3 * PLANE);
    for (const [row, { planes }] of records.entries()) writeImage(planes, features, row * 3 * PLANE);
    const labels = Int32Array.from(records, ({ label }) => label);
    return imageDataset({ shape: SHAPE, features, labels, classNames });
  });
}

interface CifarRecord {
  readonly label: number;
  /** The red plane, then the green and the blue one. */
  readonly planes: Uint8Array;
}

function readRecords(path: string, { labels, label, classes }: Layout): readonly CifarRecord[] {
  const file = basename(path);
  const bytes = readBytes(path);
  const size = labels + 3 * PLANE;
  const rows = Math.floor(bytes.length / size);
  if (bytes.length === 0 || bytes.length % size !== 0) {
    const expected = `expected records of ${size} bytes, received ${bytes.length} bytes`;
    throw dataInvalid(file, `${expected}: the file is cut short in ${rowText(rows)}`);
  }
  const records = Array.from({ length: rows }, (_, row) => bytes.subarray(row * size, (row + 1) * size));
  checkLabels(
    file,
    Uint8Array.from(records, (record) => record[label] ?? 0),
    classes,
  );
  return records.map((record) => ({ label: record[label] ?? 0, planes: record.subarray(labels) }));
}

/** Brings the channels of a pixel side by side. */
function writeImage(planes: Uint8Array, features: Float32Array, start: number): void {
  for (let channel = 0; channel < 3; channel++) {
    for (let pixel = 0; pixel < PLANE; pixel++) {
      features[start + pixel * 3 + channel] = (planes[channel * PLANE + pixel] ?? 0) / 255;
    }
  }
}

function classNamesOf({ kind, classes }: CifarOptions): readonly string[] {
  if (!Object.hasOwn(LAYOUTS, kind)) {
    const known = Object.keys(LAYOUTS);
    const meant = didYouMean(String(kind), known);
    throw new ParzenError("OPTION_INVALID", `kind: expected ${known.join(", ")}, received ${show(kind)}${meant}`);
  }
  const count = LAYOUTS[kind].classes;
  if (classes === undefined) {
    return kind === "cifar-10" ? CIFAR_10 : Array.from({ length: count }, (_, label) => String(label));
  }
  if (listed("classes", classes).length === count) return classes;
  throw invalid("classes", `${count} names for ${kind}`, classes.length);
}
