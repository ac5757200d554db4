import { describe, expect, test } from "vitest";
import {
  absoluteLoss,
  accuracy,
  confusionMatrix,
  crossEntropy,
  f1Score,
  meanAbsoluteError,
  meanSquaredError,
  mostLikelyClasses,
  r2Score,
  rocAuc,
  rocAucOneVsRest,
  rootMeanSquaredError,
  softmax,
  squaredLoss,
  topKAccuracy,
} from "../../../src/training/index.ts";
import { type ClassificationRow, metrics } from "../../golden/metrics.ts";

describe.each(metrics.classification)("as scikit-learn, $name:", (row: ClassificationRow) => {
  const { classes, labels, logits, predicted } = row;

  test("the class and the cross-entropy", () => {
    expect([...mostLikelyClasses(logits, classes)]).toEqual(predicted);
    expect(crossEntropy(softmax(logits, classes), labels)).toBeCloseTo(row.cross_entropy, 12);
  });

  test("accuracy and top-k accuracy", () => {
    expect(accuracy(predicted, labels)).toBeCloseTo(row.accuracy, 12);
    expect(topKAccuracy(logits, labels, 1)).toBeCloseTo(row.accuracy, 12);
    for (const [at, expected] of row.top_k.entries()) {
      expect(topKAccuracy(logits, labels, at + 1)).toBeCloseTo(expected, 12);
    }
  });

  test("confusion matrix and F1", () => {
    expect([...confusionMatrix(predicted, labels, classes)]).toEqual(row.confusion);
    expect(f1Score(predicted, labels, { classes, average: "macro" })).toBeCloseTo(row.f1_macro, 12);
    expect(f1Score(predicted, labels, { classes, average: "micro" })).toBeCloseTo(row.f1_micro, 12);
    if (row.f1_binary !== null) {
      expect(f1Score(predicted, labels, { classes, average: "binary" })).toBeCloseTo(row.f1_binary, 12);
    }
  });

  test("the area under the ROC curve", () => {
    expect(rocAucOneVsRest(logits, labels)).toBeCloseTo(row.auc_one_vs_rest, 12);
    if (row.auc !== null) {
      const ofClassOne = logits.filter((_, at) => at % 2 === 1);
      expect(rocAuc(ofClassOne, labels)).toBeCloseTo(row.auc, 12);
    }
  });
});

test.each(metrics.regression)("as scikit-learn, $name: errors and R²", ({ targets, predicted, ...row }) => {
  const close = (actual: number, expected: number): void =>
    expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));
  close(meanAbsoluteError(predicted, targets), row.mae);
  close(meanSquaredError(predicted, targets), row.mse);
  close(rootMeanSquaredError(predicted, targets), row.rmse);
  close(r2Score(predicted, targets), row.r2);
  close(absoluteLoss(predicted, targets), row.mae * targets.length);
  close(squaredLoss(predicted, targets), row.mse * targets.length);
});
