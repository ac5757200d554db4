import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { unsealedRows } from "../../../src/training/data/folds.ts";
import { type Dataset, foldsForSearch, sealedTestSplit } from "../../../src/training/index.ts";
import { clouds, plane } from "../toy-data.ts";

const seed = 3;
/** Rows of the toy data differ in their first feature. */
const rowsOf = ({ features, columns }: Dataset) => [...features].filter((_, at) => at % columns === 0).sort();

describe.each([
  ["classes", () => clouds(203)],
  ["numbers", () => plane(203)],
])("folds of %s", (_kind, data) => {
  const dataset: Dataset = data();
  const folds = foldsForSearch(dataset, { seed, folds: 5 });

  it("validate on every row outside the test split once, and train on the others", () => {
    const unsealed = rowsOf(unsealedRows(dataset, { seed }));
    expect(folds.flatMap(({ validation }) => rowsOf(validation)).sort()).toEqual(unsealed);
    for (const { train, validation } of folds)
      expect([...rowsOf(train), ...rowsOf(validation)].sort()).toEqual(unsealed);
    expect([...unsealed, ...rowsOf(sealedTestSplit(dataset, { seed }))].sort()).toEqual(rowsOf(dataset));
  });

  it("are of equal size, to within one row", () => {
    const sizes = folds.map(({ validation }) => validation.rows);
    expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
  });

  it("follow the seed", () => {
    expect(foldsForSearch(dataset, { seed, folds: 5 })).toEqual(folds);
    expect(foldsForSearch(dataset, { seed: 4, folds: 5 })).not.toEqual(folds);
  });
});

describe("folds", () => {
  it("keep the shares of classes", () => {
    const share = (labels: Int32Array, label: number) => labels.filter((each) => each === label).length / labels.length;
    for (const { train, validation } of foldsForSearch(clouds(), { seed, folds: 4 })) {
      for (const [label, expected] of [0.6, 0.3, 0.1].entries()) {
        expect(Math.abs(share(validation.labels, label) - expected)).toBeLessThan(0.03);
        expect(Math.abs(share(train.labels, label) - expected)).toBeLessThan(0.03);
      }
    }
  });

  it("share every tenth of the rows, in the order of their numbers, to within one row", () => {
    const rows = 203;
    const ranked = { ...plane(rows), labels: Float32Array.from({ length: rows }, (_, row) => (row * 50) % rows) };
    const tenthOf = (rank: number) => Math.floor((rank * 10 + 9) / rows);
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1e6 }), fc.integer({ min: 2, max: 10 }), (seed, folds) => {
        const parts = foldsForSearch(ranked, { seed, folds });
        for (let tenth = 0; tenth < 10; tenth++) {
          const counts = parts.map(
            ({ validation }) => validation.labels.filter((rank) => tenthOf(rank) === tenth).length,
          );
          expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
        }
      }),
      { numRuns: 50, seed: 1 },
    );
  });

  it.each([1, 0, 2.5, Number.NaN])("are refused as %s", (folds) => {
    expect(() => foldsForSearch(clouds(), { seed, folds })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message: `folds: expected 2, 3 ..., received ${folds}` }),
    );
  });

  it("need rows", () => {
    expect(() => foldsForSearch(clouds(10), { seed, folds: 9 })).toThrow(
      expect.objectContaining({
        code: "DATA_INVALID",
        message: "dataset: expected rows for 9 folds and a test split, received 10 in all",
      }),
    );
  });
});
