import { expect, test } from "vitest";
import { fitScaling, scale, unscale } from "../../src/training/index.ts";

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
