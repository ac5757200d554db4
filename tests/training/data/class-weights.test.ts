import { expect, test } from "vitest";
import { classWeightsFor } from "../../../src/training/data/class-weights.ts";
import { clouds, plane } from "../toy-data.ts";

test("balanced weights give every class the same part of the loss", () => {
  const weights = classWeightsFor(clouds(), "balanced");
  for (const [label, share] of [0.6, 0.3, 0.1].entries()) expect((weights[label] ?? 0) * share).toBeCloseTo(1 / 3, 12);
});

test("a class without rows counts nothing", () => {
  expect(classWeightsFor({ ...clouds(), classNames: ["a", "b", "c", "d"] }, "balanced")[3]).toBe(0);
});

test("given ones are taken as they are, one for each class", () => {
  expect(classWeightsFor(clouds(), [1, 0, 2.5])).toEqual([1, 0, 2.5]);
  for (const wrong of [
    [1, 2],
    [1, 2, -1],
    [1, 2, Number.NaN],
  ]) {
    expect(() => classWeightsFor(clouds(), wrong)).toThrow(/^classWeights: expected "balanced" or 3 numbers from 0 on/);
  }
  expect(() => classWeightsFor(plane(), "balanced")).toThrow(
    "classWeights: expected a training for classification, received one for regression",
  );
});
