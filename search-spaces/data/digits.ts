import { type ClassificationDataset, readDataset, takeRows } from "parzen/training";

const file = new URL("digits.csv.gz", import.meta.url);

/** The images of the digits from `first` to `last`, pixels 0 to 16, as classes of their own. */
export function readDigits(first: number, last: number): ClassificationDataset {
  const options = { header: false, label: 64, shape: [8, 8, 1], task: "classification" } as const;
  const all = readDataset(file, options) as ClassificationDataset; // the task that it was asked for
  const rows = Int32Array.from(all.labels.keys()).filter((row) => {
    const digit = all.labels[row] ?? -1;
    return digit >= first && digit <= last;
  });
  const some = takeRows(all, rows);
  return {
    ...some,
    labels: some.labels.map((digit) => digit - first),
    classNames: all.classNames.slice(first, last + 1),
  };
}
