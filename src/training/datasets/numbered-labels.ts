import { dataInvalid } from "./source-file.ts";

/**
 * The classes 0, 1, 2 ... up to the largest label.
 *
 * @throws ParzenError DATA_INVALID naming file and row, from 0, where there is a label beyond one that no row has: it is
 * damaged, or the classes are others
 */
export function numberedClasses(file: string, labels: Uint8Array): readonly string[] {
  const there = new Set(labels);
  let classes = 0;
  while (there.has(classes)) classes++;
  const row = labels.findIndex((label) => label > classes);
  if (row < 0) return Array.from({ length: classes }, (_, label) => String(label));
  throw dataInvalid(
    `${file}: row ${row}`,
    `expected labels 0, 1, 2 ... without a gap, received ${labels[row]} where no row has ${classes}`,
  );
}

/** @throws ParzenError DATA_INVALID naming file and row, from 0 */
export function checkLabels(file: string, labels: Uint8Array, classes: number): void {
  const row = labels.findIndex((label) => label >= classes);
  if (row < 0) return;
  throw dataInvalid(`${file}: row ${row}`, `expected a class of 0..${classes - 1} as label, received ${labels[row]}`);
}
