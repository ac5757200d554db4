import { ParzenError } from "../../errors.ts";
import { type ClassificationDataset, type Dataset, rowText } from "../datasets/dataset.ts";

/** Rows of a dataset by the name of their part, such as `train`. */
export interface Parts {
  readonly [name: string]: Int32Array;
}

/**
 * Refuses parts of a dataset of which one lacks a class: it could not be learned there, or not be judged.
 *
 * @throws ParzenError DATA_INVALID naming the class and the parts
 */
export function checkClassShares(dataset: Dataset, parts: Parts): void {
  if (dataset.task === "regression") return;
  const counts = Object.entries(parts).map(([part, rows]) => ({ part, byClass: countsOf(dataset.labels, rows) }));
  for (const [label, name] of dataset.classNames.entries()) {
    const lacking = counts.filter(({ byClass }) => !byClass.has(label)).map(({ part }) => part);
    if (lacking.length === 0) continue;
    const rows = counts.reduce((sum, { byClass }) => sum + (byClass.get(label) ?? 0), 0);
    throw new ParzenError(
      "DATA_INVALID",
      `dataset: class "${name}" has ${rows} of ${dataset.rows} rows and none in ${lacking.join(", ")}; ` +
        `expected one or more in each of ${Object.keys(parts).join(", ")}`,
      { hint: hintFor(dataset, rows) },
    );
  }
}

/** Where classes are numbers, one damaged label makes classes below it that no row has. */
function hintFor({ labels, classNames }: ClassificationDataset, rows: number): string {
  const largest = classNames.length - 1;
  const row = labels.indexOf(largest);
  const isNumbered = classNames[largest] === String(largest);
  if (rows > 0 || row < 0 || !isNumbered) return "Leave the class out, join it with another one, or add rows.";
  return `The largest label is ${largest}, in ${rowText(row)}: mend it if it is wrong, or number the classes without a gap.`;
}

function countsOf(labels: Int32Array, rows: Int32Array): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const row of rows) {
    const label = labels[row] ?? 0;
    counts.set(label, (counts.get(label) ?? 0) + 1);
  }
  return counts;
}
