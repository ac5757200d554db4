import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shuffled } from "../../../src/random/shuffled.ts";
import { stream } from "../../../src/random/stream.ts";
import {
  type ClassificationDataset,
  type Dataset,
  foldsForSearch,
  type RegressionDataset,
  type SplitOptions,
  sealedTestSplit,
  splitForSearch,
} from "../../../src/training/index.ts";

/** Its one feature is the row's number, so that rows can be told apart in any split. */
function numbered(labels: readonly number[]): ClassificationDataset {
  return {
    task: "classification",
    rows: labels.length,
    columns: 1,
    features: Float32Array.from(labels.keys()),
    featureNames: ["row"],
    labels: Int32Array.from(labels),
    classNames: Array.from({ length: Math.max(...labels) + 1 }, (_, label) => String(label)),
  };
}

/** The same rows where labels are numbers. */
function measured(labels: readonly number[]): RegressionDataset {
  const { rows, columns, features, featureNames } = numbered(labels);
  const target = Float32Array.from(labels);
  return { task: "regression", rows, columns, features, featureNames, labels: target, targetName: "measure" };
}

const fractions = fc
  .tuple(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .map(([a, b, c]) => ({ train: a / (a + b + c), validation: b / (a + b + c), test: c / (a + b + c) }));
/** Classes of unequal size, each large enough for the smallest of the fractions, in any order. */
const labels = fc
  .array(fc.integer({ min: 33, max: 90 }), { minLength: 1, maxLength: 4 })
  .map((sizes) => sizes.flatMap((size, label) => new Array<number>(size).fill(label)))
  .map((sorted) => [...shuffled(Int32Array.from(sorted), stream(sorted.length))]);
/** 0, 1, 2 ... in any order. */
const ranks = fc.integer({ min: 33, max: 300 }).map((rows) => [
  ...shuffled(
    Int32Array.from({ length: rows }, (_, rank) => rank),
    stream(rows),
  ),
]);
const seeds = fc.integer({ min: 0, max: 1e6 });

function rowsOf({ features }: { readonly features: Float32Array }): number[] {
  return [...features];
}

function mean(values: Float32Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

function expectShares(dataset: Dataset, options: Required<SplitOptions>, stratumOf: (label: number) => number): void {
  const { train, validation } = splitForSearch(dataset, options);
  const sealed = sealedTestSplit(dataset, options);
  for (const stratum of new Set(Array.from(dataset.labels, stratumOf))) {
    const count = ({ labels }: Dataset) => Array.from(labels).filter((label) => stratumOf(label) === stratum).length;
    const all = count(dataset);
    expect(Math.abs(count(sealed) - all * options.fractions.test)).toBeLessThanOrEqual(1);
    expect(Math.abs(count(validation) - all * options.fractions.validation)).toBeLessThanOrEqual(2);
    expect(Math.abs(count(train) - all * options.fractions.train)).toBeLessThanOrEqual(2);
  }
}

describe("the three splits of a study", () => {
  test.each([
    ["classes", numbered],
    ["numbers", measured],
  ])("are disjoint, and together all rows with their labels: %s", (_kind, datasetOf) => {
    fc.assert(
      fc.property(labels, fractions, seeds, (labels, fractions, seed) => {
        const dataset: Dataset = datasetOf(labels);
        const { train, validation } = splitForSearch(dataset, { seed, fractions });
        const sealed = sealedTestSplit(dataset, { seed, fractions });
        const all = [train, validation, sealed].flatMap(rowsOf);
        expect(all.sort((a, b) => a - b)).toEqual([...labels.keys()]);
        for (const split of [train, validation, sealed]) {
          expect([...split.labels]).toEqual(rowsOf(split).map((row) => labels[row]));
          expect(split.rows).toBe(split.labels.length);
        }
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  test("hold every class in its share, to within one row for the test split and two for the others", () => {
    fc.assert(
      fc.property(labels, fractions, seeds, (labels, fractions, seed) => {
        expectShares(numbered(labels), { seed, fractions }, (label) => label);
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  test("hold every tenth of the rows, in the order of their numbers, in its share, to within as many rows", () => {
    fc.assert(
      fc.property(ranks, fractions, seeds, (ranks, fractions, seed) => {
        expectShares(measured(ranks), { seed, fractions }, (rank) => Math.floor((rank * 10 + 9) / ranks.length));
      }),
      { numRuns: 50, seed: 3 },
    );
  });

  test("have means of the target that lie closer than chance would have them", () => {
    const skewed = measured(Array.from({ length: 200 }, (_, row) => (row % 20) ** 2));
    const all = mean(skewed.labels);
    const variance = mean(skewed.labels.map((label) => (label - all) ** 2));
    const squares = (splitOf: (seed: number) => RegressionDataset) =>
      mean(Float32Array.from({ length: 100 }, (_, seed) => (mean(splitOf(seed).labels) - all) ** 2));
    // The variance of the mean of 40 rows that are drawn from 200 without regard to their labels.
    const chance = (variance / 40) * (160 / 199);
    expect(squares((seed) => sealedTestSplit(skewed, { seed }))).toBeLessThan(chance / 10);
    expect(squares((seed) => splitForSearch(skewed, { seed }).validation)).toBeLessThan(chance / 10);
  });

  test.each([
    { rows: 6, fractions: { train: 0.6, validation: 0.2, test: 0.2 } },
    { rows: 47, fractions: { train: 0.6, validation: 0.2, test: 0.2 } },
    { rows: 100, fractions: { train: 0.9, validation: 0.05, test: 0.05 } },
  ])("can hold any of $rows rows whose labels are numbers, as the seed decides", ({ rows, fractions }) => {
    const dataset = measured(Array.from({ length: rows }, (_, row) => row));
    const met = { train: new Set<number>(), validation: new Set<number>(), test: new Set<number>() };
    for (let seed = 0; seed < 400; seed++) {
      const { train, validation } = splitForSearch(dataset, { seed, fractions });
      for (const row of rowsOf(train)) met.train.add(row);
      for (const row of rowsOf(validation)) met.validation.add(row);
      for (const row of rowsOf(sealedTestSplit(dataset, { seed, fractions }))) met.test.add(row);
    }
    expect([met.train.size, met.validation.size, met.test.size]).toEqual([rows, rows, rows]);
  });

  test.each([
    ["classes", numbered],
    ["numbers", measured],
  ])("follow the study's seed: %s", (_kind, datasetOf) => {
    const dataset: Dataset = datasetOf(Array.from({ length: 100 }, (_, row) => row % 3));
    const rows = (seed: number) => {
      const { train, validation } = splitForSearch(dataset, { seed });
      return [train, validation, sealedTestSplit(dataset, { seed })].map(rowsOf);
    };
    fc.assert(
      fc.property(seeds, (seed) => {
        expect(rows(seed)).toEqual(rows(seed));
        for (const [at, split] of rows(seed).entries()) expect(new Set(split)).not.toEqual(new Set(rows(seed + 1)[at]));
      }),
      { numRuns: 20, seed: 4 },
    );
  });

  test("are 60, 20 and 20 percent by default, also for regression", () => {
    const dataset = measured(Array.from({ length: 100 }, (_, row) => row / 2));
    const { train, validation } = splitForSearch(dataset, { seed: 3 });
    const sealed = sealedTestSplit(dataset, { seed: 3 });
    expect([train.rows, validation.rows, sealed.rows]).toEqual([60, 20, 20]);
    expect([...sealed.labels]).toEqual(rowsOf(sealed).map((row) => row / 2));
  });

  test("what the search gets holds nothing of the test split", () => {
    const dataset = numbered(Array.from({ length: 50 }, (_, row) => row % 2));
    const search = splitForSearch(dataset, { seed: 4 });
    expect(Object.keys(search).sort()).toEqual(["train", "validation"]);
    const reachable = new Set(
      [search.train, search.validation].flatMap((split) => [...new Float32Array(split.features.buffer)]),
    );
    expect(rowsOf(sealedTestSplit(dataset, { seed: 4 })).some((row) => reachable.has(row))).toBe(false);
  });
});

test.each([
  { train: 0.5, validation: 0.2, test: 0.2 },
  { train: 0.8, validation: 0.2, test: 0 },
  { train: 1.2, validation: -0.4, test: 0.2 },
  { train: Number.NaN, validation: 0.2, test: 0.2 },
])("fractions %o are refused", (fractions) => {
  expect(() => splitForSearch(numbered([0, 1, 0, 1]), { seed: 1, fractions })).toThrow(
    expect.objectContaining({ code: "OPTION_INVALID" }),
  );
});

test("too few rows for three splits are refused", () => {
  expect(() => splitForSearch(numbered([0, 1]), { seed: 1 })).toThrow(
    expect.objectContaining({ code: "DATA_INVALID" }),
  );
});

test("fractions that are none are refused", () => {
  const refused = { code: "OPTION_INVALID", message: "split: expected three fractions whose sum is 1, received null" };
  const split = () => splitForSearch(numbered([0, 1, 0, 1]), { seed: 1, fractions: null as never });
  expect(split).toThrow(expect.objectContaining(refused));
});

test("a class that a split would lack is refused by name", () => {
  const rare = numbered([...new Array<number>(40).fill(0), 1, 1]);
  const message =
    'dataset: class "1" has 2 of 42 rows and none in test; expected one or more in each of train, validation, test';
  const refused = expect.objectContaining({ code: "DATA_INVALID", message });
  expect(() => splitForSearch(rare, { seed: 1 })).toThrow(refused);
  expect(() => sealedTestSplit(rare, { seed: 1 })).toThrow(refused);
  const empty = { ...numbered([0, 0, 0, 0, 0]), classNames: ["0", "owl"] };
  expect(() => splitForSearch(empty, { seed: 1 })).toThrow(
    /class "owl" has 0 of 5 rows and none in train, validation, test;/,
  );
  const gap = { ...numbered([...new Array<number>(40).fill(0), 3]), classNames: ["0", "1", "2", "3"] };
  expect(() => splitForSearch(gap, { seed: 1 })).toThrow(
    expect.objectContaining({ hint: expect.stringContaining("The largest label is 3, in row 40 (counted from 0):") }),
  );
  expect(() => foldsForSearch(rare, { seed: 1, folds: 4 })).toThrow(
    /class "1" has 2 of 42 rows and none in fold \d, fold \d.*; expected one or more in each of fold 1, .*, fold 4, test$/,
  );
});
