import { expect, it } from "vitest";
import * as training from "../../src/training/index.ts";
import { clouds } from "./toy-data.ts";

const late = Promise.resolve([1]);
const dataset = clouds(40);
const scaling = { means: [1], deviations: [1] };
const values = Float32Array.of(1, 2);
const rng = { next: () => 0.5 };

/** Of callers without types. */
const kit = training as unknown as { readonly [name: string]: (...given: readonly unknown[]) => unknown };

it.each<[string, readonly unknown[], string]>([
  ["accuracy", [late, late], "accuracy: predicted: expected a list of numbers, received Promise {}"],
  ["accuracy", [[1]], "accuracy: labels: expected a list of numbers, received undefined"],
  ["accuracy", [["a"], ["a"]], 'accuracy: predicted: expected a list of numbers, received ["a"]'],
  ["topKAccuracy", [[[0.1, 0.9]], [1], 1], "topKAccuracy: scores: expected a list of numbers, received [[0.1,0.9]]"],
  ["topKAccuracy", [[0.1, 0.9], [1]], "topKAccuracy: k: expected an integer from 1, received undefined"],
  ["confusionMatrix", ["a", "b"], 'confusionMatrix: predicted: expected a list of numbers, received "a"'],
  ["confusionMatrix", [[1], [1]], "confusionMatrix: classes: expected an integer from 1, received undefined"],
  ["f1Score", [[1], [1]], "f1Score: options: expected an object, received undefined"],
  ["f1Score", [[1], [1], { average: "macro" }], "f1Score: classes: expected an integer from 1, received undefined"],
  [
    "f1Score",
    [[1], [1], { classes: 2 }],
    'f1Score: average: expected "binary", "macro" or "micro", received undefined',
  ],
  ["absoluteLoss", [null, [1]], "absoluteLoss: predicted: expected a list of numbers, received null"],
  ["squaredLoss", [[1], 5], "squaredLoss: targets: expected a list of numbers, received 5"],
  ["meanAbsoluteError", [], "meanAbsoluteError: predicted: expected a list of numbers, received undefined"],
  ["meanSquaredError", [[1], "1"], 'meanSquaredError: targets: expected a list of numbers, received "1"'],
  ["rootMeanSquaredError", [late, [1]], "rootMeanSquaredError: predicted: expected a list of numbers"],
  ["r2Score", [{}, {}], "r2Score: predicted: expected a list of numbers, received {}"],
  ["crossEntropy", [new Map(), [1]], "crossEntropy: probabilities: expected a list of numbers, received Map {}"],
  ["mostLikelyClasses", [late, 2], "mostLikelyClasses: scores: expected a list of numbers, received Promise {}"],
  ["mostLikelyClasses", [[1, 2]], "mostLikelyClasses: classes: expected an integer from 1, received undefined"],
  ["softmax", ["12", 2], 'softmax: logits: expected a list of numbers, received "12"'],
  ["softmax", [[1, 2], 0], "softmax: classes: expected an integer from 1, received 0"],
  ["rocAuc", [[1]], "rocAuc: labels: expected a list of numbers, received undefined"],
  ["rocAucOneVsRest", [5, [1]], "rocAucOneVsRest: scores: expected a list of numbers, received 5"],
  [
    "accuracy",
    [
      [1, 0, 1],
      [1, 0],
    ],
    "accuracy: numbers of predicted and labels: expected as many as of the other, received [3,2]",
  ],
  [
    "meanSquaredError",
    [[1], [1, 2]],
    "meanSquaredError: numbers of predicted and targets: expected as many as of the other",
  ],
  [
    "r2Score",
    [
      [1, 2, 3],
      [1, 2],
    ],
    "r2Score: numbers of predicted and targets: expected as many",
  ],
  ["confusionMatrix", [[1], [1, 0], 2], "confusionMatrix: numbers of predicted and labels: expected as many"],
  [
    "f1Score",
    [[1], [1, 0], { classes: 2, average: "macro" }],
    "f1Score: numbers of predicted and labels: expected as many",
  ],
  [
    "rocAuc",
    [
      [0.5, 0.5, 0.1],
      [1, 0],
    ],
    "rocAuc: numbers of scores and labels: expected as many",
  ],
  [
    "topKAccuracy",
    [[1, 2, 3], [1, 0], 1],
    "topKAccuracy: numbers of scores and labels: expected some for each of the other, received [3,2]",
  ],
  [
    "crossEntropy",
    [[], [1, 0]],
    "crossEntropy: numbers of probabilities and labels: expected some for each of the other",
  ],
  [
    "rocAucOneVsRest",
    [
      [1, 2, 3],
      [1, 0],
    ],
    "rocAucOneVsRest: numbers of scores and labels: expected some for each of the other",
  ],
  ["fitScaling", [5], "fitScaling: values: expected a list of numbers, received 5"],
  ["fitScaling", [values], "fitScaling: columns: expected an integer from 1, received undefined"],
  ["fitScaling", [values, 1, 5], "fitScaling: rows: expected a list of numbers, received 5"],
  ["scale", [null, scaling], "scale: values: expected a list of numbers, received null"],
  ["scale", [values], "scale: scaling: expected { means, deviations } of fitScaling, received undefined"],
  ["unscale", [values, {}], "unscale: scaling: expected { means, deviations } of fitScaling, received {}"],
  ["splitForSearch", [dataset], "options: expected an object, received undefined"],
  ["splitForSearch", [dataset, {}], "seed: expected an integer from 0, received undefined"],
  [
    "splitForSearch",
    [dataset, { seed: 1, fraction: {} }],
    'fraction: there is no such option (did you mean "fractions"?)',
  ],
  ["sealedTestSplit", [dataset, { seed: "a" }], 'seed: expected an integer from 0, received "a"'],
  ["foldsForSearch", [dataset, null], "options: expected an object, received null"],
  ["foldsForSearch", [dataset, { seed: 1 }], "folds: expected 2, 3 ..., received undefined"],
  ["takeRows", [dataset, late], "takeRows: indices: expected a list of numbers, received Promise {}"],
  ["takeRows", [dataset, Int32Array.of(0, 40)], "takeRows: indices: expected integers of 0..39, received 40"],
  ["takeRows", [dataset, Int32Array.of(-1)], "takeRows: indices: expected integers of 0..39, received -1"],
  ["withSeededMath", [undefined, () => 1], "withSeededMath: rng: expected an object with next, received undefined"],
  ["withSeededMath", [rng], "withSeededMath: work: expected a function, received undefined"],
  ["composeAugmentations", [null], "composeAugmentations: augmentation 1: expected a function, received null"],
  ["composeSchedules", [() => 1, 5], "composeSchedules: schedule 2: expected a function, received 5"],
])("%s refuses %o", (name, given, message) => {
  const refused = { code: "OPTION_INVALID", message: expect.stringContaining(message) };
  expect(() => kit[name]?.(...given)).toThrow(expect.objectContaining(refused));
});

it.each(["takeRows", "splitForSearch", "sealedTestSplit", "foldsForSearch"])(
  "%s refuses what is no dataset",
  (name) => {
    const how = name === "takeRows" ? Int32Array.of(0) : { seed: 1, folds: 2 };
    for (const none of [
      undefined,
      5,
      late,
      { ...dataset, features: [...dataset.features] },
      { ...dataset, labels: null },
    ]) {
      expect(() => kit[name]?.(none, how)).toThrow(expect.objectContaining({ code: "DATA_INVALID" }));
    }
  },
);

it("lists of numbers are lists, typed arrays and whatever else has their form", () => {
  expect(training.accuracy({ length: 2, 0: 1, 1: 0 }, Uint8Array.of(1, 1))).toBe(0.5);
  expect(training.splitForSearch(dataset, { seed: 1, fractions: undefined } as never).train.rows).toBe(24);
});
