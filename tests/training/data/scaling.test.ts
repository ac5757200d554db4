import { expect, test } from "vitest";
import { fitPreprocessing } from "../../../src/training/data/preprocessing.ts";
import { fitScaling, foldsForSearch, scale, splitForSearch, unscale } from "../../../src/training/index.ts";
import { clouds } from "../toy-data.ts";

test("columns get mean 0 and standard deviation 1, by hand", () => {
  const values = Float32Array.of(1, 10, 3, 10);
  const scaling = fitScaling(values, 2);
  expect(scaling).toEqual({ means: [2, 10], deviations: [1, 1] });
  expect([...scale(values, scaling)]).toEqual([-1, 0, 1, 0]);
  expect([...unscale(scale(values, scaling), scaling)]).toEqual([...values]);
});

test("other rows are scaled with the figures that were fitted", () => {
  const scaling = fitScaling(Float32Array.of(0, 10), 1);
  expect(scaling).toEqual({ means: [5], deviations: [5] });
  expect([...scale(Float32Array.of(20), scaling)]).toEqual([3]);
});

test("some rows alone can be fitted on", () => {
  const values = Float32Array.of(1, 10, 1e9, 1e9, 3, 30);
  const fitted = fitScaling(values, 2, Int32Array.of(0, 2));
  expect(fitted).toEqual({ means: [2, 20], deviations: [1, 10] });
  expect(fitted).toEqual(fitScaling(Float32Array.of(1, 10, 3, 30), 2));
});

test("small units count as much as large ones; a column of equal values stays as it is", () => {
  const values = Float32Array.of(1e-9, 0.1, 3e-9, 0.1, 1e-9, 0.1, 3e-9, 0.1);
  const [small = 0, equal = 0] = fitScaling(values, 2).deviations;
  expect(small).toBeCloseTo(1e-9, 15);
  expect(equal).toBe(1);
  for (const value of scale(Float32Array.of(0, 0.1, 0, 0.1), fitScaling(values, 2)).filter((_, at) => at % 2 === 1)) {
    expect(Math.abs(value)).toBeLessThan(1e-6);
  }
});

test("a training standardises with its train rows alone, those of each fold too", () => {
  const dataset = { ...clouds(100), features: Float32Array.from({ length: 200 }, (_, at) => at) };
  const seed = 7;
  for (const { train, validation } of [
    splitForSearch(dataset, { seed }),
    ...foldsForSearch(dataset, { seed, folds: 4 }),
  ]) {
    const rows = Int32Array.from(
      train.features.filter((_, at) => at % 2 === 0),
      (value) => value / 2,
    );
    const { features } = fitPreprocessing(train, { standardize: true });
    expect(features).toEqual(fitScaling(dataset.features, 2, rows));
    expect(features).not.toEqual(fitScaling(validation.features, 2));
    expect(features).not.toEqual(fitScaling(dataset.features, 2));
  }
});
