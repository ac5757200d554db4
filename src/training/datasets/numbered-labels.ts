import { rowText } from "./dataset.ts";
import { dataInvalid } from "./source-file.ts";

/** The classes 0, 1, 2 ... up to the largest label. */
export function numberedClasses(labels: Uint8Array): readonly string[] {
  const largest = labels.reduce((max, label) => Math.max(max, label), -1);
  return Array.from({ length: largest + 1 }, (_, label) => String(label));
}

/** @throws ParzenError DATA_INVALID naming file and row */
export function checkLabels(file: string, labels: Uint8Array, classes: number): void {
  const row = labels.findIndex((label) => label >= classes);
  if (row < 0) return;
  throw dataInvalid(
    `${file}: ${rowText(row)}`,
    `expected a class of 0..${classes - 1} as label, received ${labels[row]}`,
  );
}
