import { gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { openOrCreateStudy, random } from "../../src/index.ts";
import { type ClassificationDataset, type Dataset, readDataset, readIdx } from "../../src/training/index.ts";
import { dataFolder, idx } from "./datasets/files.ts";
import { clouds, plane } from "./toy-data.ts";
import { toyGoal, toySpace, toyTraining } from "./toy-training.ts";

const file = dataFolder();
const csv = (content: string): Dataset =>
  readDataset(file("cats.csv", content), { task: "classification", label: "kind", classes: ["cat", "dog"] });

/** A dataset with one of its values changed. */
function changed(change: (dataset: ClassificationDataset) => unknown): Dataset {
  const dataset = clouds(40);
  change(dataset);
  return dataset;
}

test.each<[string, () => Dataset, string]>([
  ["a ragged row", () => csv("size,kind\n1,cat\n2\n"), "cats.csv:3: expected 2 columns, received 1"],
  [
    "a label out of range",
    () => csv("size,kind\n1,cat\n2,cow\n"),
    'cats.csv:3: column "kind": expected one of ["cat","dog"], received "cow"',
  ],
  ["NaN", () => csv("size,kind\nNaN,cat\n"), 'cats.csv:2: column "size": expected a number, received "NaN"'],
  [
    "a class that no split has",
    () => csv("size,kind\n1,cat\n2,cat\n3,cat\n4,cat\n5,cat\n"),
    'dataset: class "dog" has 0 of 5 rows and none in train, validation, test; ' +
      "expected one or more in each of train, validation, test",
  ],
  [
    "IDX images cut short",
    () => readIdx({ images: file("i.gz", gzipSync(idx([9, 2, 2], [1, 2, 3]))), labels: file("l", idx([9], [])) }),
    "i.gz: expected 9x2x2 = 36 values, received 3: the file is cut short in row 0 (counted from 0)",
  ],
  [
    "a missing file",
    () => readIdx({ images: "nowhere/images", labels: "nowhere/labels" }),
    "nowhere/images: cannot be read (ENOENT: no such file or directory, open 'nowhere/images')",
  ],
  [
    "NaN in memory",
    () => changed(({ features }) => features.fill(Number.NaN, 5, 6)),
    'dataset: row 2 (counted from 0), feature "y": expected a number, received NaN',
  ],
  [
    "a label out of range in memory",
    () => changed(({ labels }) => labels.fill(3, 7, 8)),
    "dataset: row 7 (counted from 0): expected a class of 0..2 as label, received 3",
  ],
  [
    "two classes of one name in memory",
    () => ({ ...clouds(), classNames: ["cat", "dog", "cat"] }),
    'dataset: expected classes of different names, received two "cat"',
  ],
  [
    "two classes of one name, which one file's rows cannot tell apart",
    () =>
      readDataset(file("cats.csv", "size,kind\n1,cat\n2,dog\n"), {
        task: "classification",
        label: "kind",
        classes: ["cat", "dog", "cat"],
      }),
    'cats.csv: column "kind": expected different categories, received ["cat","dog","cat"]',
  ],
  [
    "a shape of another size",
    () => ({ ...clouds(), shape: [2, 2, 1] }),
    "dataset: expected a shape of 2 features, received 2x2x1",
  ],
  ["no dataset", () => undefined as never, "data: expected a dataset for classification, received undefined"],
  [
    "no labels in memory",
    () => ({ ...clouds(), labels: undefined as never }),
    "dataset: expected 200 labels, one a row, received none",
  ],
  [
    "a label between two classes, which would count as the lower one",
    () => ({
      ...clouds(),
      labels: Float32Array.from(clouds().labels, (label, row) => (row === 4 ? 0.5 : label)) as never,
    }),
    "dataset: row 4 (counted from 0): expected a class of 0..2 as label, received 0.5",
  ],
  [
    "a label that is NaN, which would count as the first class",
    () => ({
      ...clouds(),
      labels: Float32Array.from(clouds().labels, (label, row) => (row === 4 ? NaN : label)) as never,
    }),
    "dataset: row 4 (counted from 0): expected a class of 0..2 as label, received NaN",
  ],
  [
    "features in a plain array",
    () => ({ ...clouds(), features: [...clouds().features] as never }),
    "dataset: expected features as a Float32Array, received an array of 400",
  ],
  [
    "a row of features each",
    () => ({
      ...clouds(),
      rows: 2,
      features: [
        [1, 2],
        [3, 4],
      ] as never,
      labels: [0, 1] as never,
    }),
    "dataset: expected features as a Float32Array, received an array of 2",
  ],
  [
    "no names of classes",
    () => ({ ...clouds(), classNames: undefined as never }),
    "dataset: expected classNames, one for each class, received undefined",
  ],
  [
    "a shape that is no list",
    () => ({ ...clouds(), shape: "1x2" as never }),
    'dataset: expected a shape [height, width, channels], received "1x2"',
  ],
  [
    "NaN in memory, and no names of features",
    () => ({ ...clouds(), features: clouds().features.fill(Number.NaN, 5, 6), featureNames: undefined as never }),
    'dataset: row 2 (counted from 0), feature "1": expected a number, received NaN',
  ],
  [
    "one class, of which every model is sure",
    () => ({ ...clouds(), classNames: ["a"], labels: new Int32Array(200) }),
    'dataset: expected two classes or more, received ["a"]',
  ],
  ["another task", () => plane(), "data: expected a dataset for classification, received regression"],
])("%s ends a search before its first trial", async (_case, data, message) => {
  const study = await openOrCreateStudy({ space: toySpace, maxTrials: 4, seed: 1, sampler: random() });
  const objective = toyTraining({ data });
  await expect(study.optimize(objective)).rejects.toMatchObject({ code: "DATA_INVALID", message });
  expect(await study.trials()).toEqual([]);
  await study.close();
});

test("data that turns out wrong only in a trial fails none, and ends the search as the machine's fault", async () => {
  const study = await openOrCreateStudy({ space: toySpace, maxTrials: 4, seed: 1, sampler: random() });
  let isWrong = false;
  const objective = toyTraining({ data: () => csv(isWrong ? "size,kind\n1\n" : ROWS) });
  await objective.check?.(toyGoal);
  isWrong = true;
  const { check: _, ...unchecked } = objective;
  await expect(study.optimize(unchecked)).rejects.toMatchObject({
    code: "MACHINE_FAULT",
    message: "this machine cannot run trials: cats.csv:2: expected 2 columns, received 1",
  });
  expect((await study.trials()).map(({ state }) => state)).toEqual(["queued"]);
  await study.close();
});

/** Whole, and with both classes in every split. */
const ROWS = `size,kind\n${Array.from({ length: 20 }, (_, row) => `${row},${row % 2 === 0 ? "cat" : "dog"}\n`).join("")}`;
