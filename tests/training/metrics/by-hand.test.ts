import { describe, expect, test } from "vitest";
import {
  accuracy,
  crossEntropy,
  meanAbsoluteError,
  meanSquaredError,
  mostLikelyClasses,
  rootMeanSquaredError,
  softmax,
} from "../../../src/training/index.ts";

describe("figures for classes, by hand", () => {
  test("accuracy: three of four are right", () => {
    expect(accuracy([0, 1, 2, 2], Int32Array.of(0, 1, 2, 1))).toBe(0.75);
  });

  test("cross-entropy: (ln 2 + ln 4) / 2", () => {
    expect(crossEntropy([0.5, 0.5, 0.75, 0.25], [0, 1])).toBeCloseTo((Math.log(2) + Math.log(4)) / 2, 12);
  });

  test("cross-entropy of a certain error is large and finite, of NaN is NaN", () => {
    expect(crossEntropy([1, 0], [1])).toBeCloseTo(15 * Math.LN10, 9);
    expect(crossEntropy([Number.NaN, Number.NaN], [1])).toBeNaN();
  });

  test("the most likely class is the first of the largest", () => {
    expect([...mostLikelyClasses([0.1, 0.7, 0.2, 3, 3, 1, -5, -7, -4], 3)]).toEqual([1, 0, 2]);
  });

  test("softmax: e^0 and e^(ln 3) give 1/4 and 3/4; huge logits do not overflow", () => {
    const probabilities = softmax([0, Math.log(3), 1000, 0], 2);
    expect(probabilities[0]).toBeCloseTo(0.25, 12);
    expect(probabilities[1]).toBeCloseTo(0.75, 12);
    expect([...probabilities.subarray(2)]).toEqual([1, 0]);
  });
});

describe("figures for numbers, by hand: errors of 1, -2 and 2", () => {
  const predicted = Float32Array.of(11, 18, 32);
  const targets = [10, 20, 30];

  test("mean absolute error", () => expect(meanAbsoluteError(predicted, targets)).toBeCloseTo(5 / 3, 12));
  test("mean squared error", () => expect(meanSquaredError(predicted, targets)).toBe(3));
  test("root mean squared error", () => expect(rootMeanSquaredError(predicted, targets)).toBeCloseTo(Math.sqrt(3), 12));
});

test("no rows and NaN give NaN", () => {
  expect(accuracy([], [])).toBeNaN();
  expect(meanSquaredError([Number.NaN], [1])).toBeNaN();
});
