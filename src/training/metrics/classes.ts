import { isObject } from "../../space/object.ts";
import { invalid } from "../../trial/option-check.ts";
import { checkCount, checkRows } from "../argument-check.ts";
import { meanOver } from "./mean-over.ts";

/** Share of predicted classes that are right, in [0, 1]. Both shape [n]. */
export function accuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  checkRows("accuracy", { predicted, labels });
  return meanOver(labels, (label, row) => (predicted[row] === label ? 1 : 0));
}

/**
 * Share of rows whose true class is among the k with the largest scores, in [0, 1]; of equal scores the first classes
 * count. With k = 1 it is the accuracy.
 *
 * @param scores row-major, shape [n, classes]: probabilities or logits; a row with NaN counts as wrong
 * @param labels shape [n], in 0..classes-1
 */
export function topKAccuracy(scores: ArrayLike<number>, labels: ArrayLike<number>, k: number): number {
  checkRows("topKAccuracy", { scores, labels }, null);
  checkCount("topKAccuracy: k", k);
  const classes = scores.length / labels.length;
  return meanOver(labels, (label, row) => {
    const own = scores[row * classes + label] ?? Number.NaN;
    let rank = 0;
    for (let other = 0; other < classes; other++) {
      const score = scores[row * classes + other] ?? Number.NaN;
      if (!(score < own || (score === own && other >= label))) rank++;
    }
    return rank < k ? 1 : 0;
  });
}

/**
 * How many rows of each class were taken for each class.
 *
 * @param predicted shape [n], in 0..classes-1, as are the labels
 * @returns row-major, shape [classes, classes]: a row for each true class, a column for each predicted one
 */
export function confusionMatrix(predicted: ArrayLike<number>, labels: ArrayLike<number>, classes: number): Int32Array {
  checkRows("confusionMatrix", { predicted, labels });
  checkCount("confusionMatrix: classes", classes);
  const counts = new Int32Array(classes * classes);
  for (let row = 0; row < labels.length; row++) {
    const cell = (labels[row] ?? Number.NaN) * classes + (predicted[row] ?? Number.NaN);
    counts[cell] = (counts[cell] ?? 0) + 1;
  }
  return counts;
}

/** `binary`: of class 1; `macro`: the mean over all classes; `micro`: over all rows, which is the accuracy. */
export type F1Average = "binary" | "macro" | "micro";

/**
 * Harmonic mean of precision and recall, in [0, 1]. A class that neither occurs nor is predicted has 0; no rows give
 * NaN.
 *
 * @param predicted shape [n], in 0..classes-1, as are the labels
 */
export function f1Score(
  predicted: ArrayLike<number>,
  labels: ArrayLike<number>,
  options: { readonly classes: number; readonly average: F1Average },
): number {
  checkRows("f1Score", { predicted, labels });
  checkF1(options);
  const { classes, average } = options;
  if (average === "micro" || labels.length === 0) return accuracy(predicted, labels);
  const counts = confusionMatrix(predicted, labels, classes);
  if (average === "binary") return f1Of(1, counts, classes);
  return meanOver(Array.from({ length: classes }), (_, label) => f1Of(label, counts, classes));
}

/** @throws ParzenError OPTION_INVALID */
function checkF1(options: unknown): void {
  if (!isObject(options)) throw invalid("f1Score: options", "an object", options);
  checkCount("f1Score: classes", options["classes"]);
  const { average } = options;
  if (average !== "binary" && average !== "macro" && average !== "micro") {
    throw invalid("f1Score: average", '"binary", "macro" or "micro"', average);
  }
}

/** F1 of one class against the others: 2 TP / (2 TP + FP + FN), whose denominator is its row and column together. */
function f1Of(label: number, counts: Int32Array, classes: number): number {
  let marked = 0;
  for (let other = 0; other < classes; other++) {
    marked += (counts[label * classes + other] ?? 0) + (counts[other * classes + label] ?? 0);
  }
  return marked === 0 ? 0 : (2 * (counts[label * classes + label] ?? 0)) / marked;
}
