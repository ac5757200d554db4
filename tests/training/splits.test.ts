import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { shuffled } from "../../src/random/shuffled.ts";
import { stream } from "../../src/random/stream.ts";
import {
  type ClassificationDataset,
  foldsForSearch,
  type RegressionDataset,
  sealedTestSplit,
  splitForSearch,
} from "../../src/training/index.ts";

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

const fractions = fc
  .tuple(fc.integer({ min: 2, max: 10 }), fc.integer({ min: 1, max: 5 }), fc.integer({ min: 1, max: 5 }))
  .map(([a, b, c]) => ({ train: a / (a + b + c), validation: b / (a + b + c), test: c / (a + b + c) }));
/** Classes of unequal size, each large enough for the smallest of the fractions, in any order. */
const labels = fc
  .array(fc.integer({ min: 33, max: 90 }), { minLength: 1, maxLength: 4 })
  .map((sizes) => sizes.flatMap((size, label) => new Array<number>(size).fill(label)))
  .map((sorted) => [...shuffled(Int32Array.from(sorted), stream(sorted.length))]);
const seeds = fc.integer({ min: 0, max: 1e6 });

function rowsOf({ features }: { readonly features: Float32Array }): number[] {
  return [...features];
}

describe("the three splits of a study", () => {
  test("are disjoint, and together all rows with their labels", () => {
    fc.assert(
      fc.property(labels, fractions, seeds, (labels, fractions, seed) => {
        const dataset = numbered(labels);
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
        const dataset = numbered(labels);
        const { train, validation } = splitForSearch(dataset, { seed, fractions });
        const sealed = sealedTestSplit(dataset, { seed, fractions });
        for (const label of new Set(labels)) {
          const count = (split: { readonly labels: ArrayLike<number> }) =>
            Array.from(split.labels).filter((other) => other === label).length;
          const all = count(dataset);
          expect(Math.abs(count(sealed) - all * fractions.test)).toBeLessThanOrEqual(1);
          expect(Math.abs(count(validation) - all * fractions.validation)).toBeLessThanOrEqual(2);
          expect(Math.abs(count(train) - all * fractions.train)).toBeLessThanOrEqual(2);
        }
      }),
      { numRuns: 50, seed: 2 },
    );
  });

  test("follow the study's seed", () => {
    const dataset = numbered(Array.from({ length: 100 }, (_, row) => row % 3));
    const rows = (seed: number) => rowsOf(splitForSearch(dataset, { seed }).train);
    expect(rows(1)).toEqual(rows(1));
    expect(rows(1)).not.toEqual(rows(2));
    expect(rowsOf(sealedTestSplit(dataset, { seed: 1 }))).not.toEqual(rowsOf(sealedTestSplit(dataset, { seed: 2 })));
  });

  test("are 60, 20 and 20 percent by default, also for regression", () => {
    const dataset: RegressionDataset = {
      ...numbered(new Array(100).fill(0)),
      task: "regression",
      labels: Float32Array.from({ length: 100 }, (_, row) => row / 2),
      targetName: "half",
    };
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
  expect(() => foldsForSearch(rare, { seed: 1, folds: 4 })).toThrow(
    /class "1" has 2 of 42 rows and none in fold \d, fold \d.*; expected one or more in each of fold 1, .*, fold 4, test$/,
  );
});
