import { checkAllNumbers, checkCount, checkRows } from "../argument-check.ts";
import { meanOver } from "./mean-over.ts";

/** Probability given to a class is taken as at least this, so that one confident error does not give Infinity. */
const SMALLEST_PROBABILITY = 1e-15;

/**
 * Mean negative log-likelihood of the true classes, in nats.
 *
 * @param probabilities row-major, shape [n, classes]; each row sums to 1
 * @param labels shape [n], in 0..classes-1
 */
export function crossEntropy(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  checkRows("crossEntropy", { probabilities, labels }, null);
  const classes = probabilities.length / labels.length;
  return meanOver(labels, (label, row) => {
    const probability = probabilities[row * classes + label] ?? Number.NaN;
    return -Math.log(Math.max(probability, SMALLEST_PROBABILITY));
  });
}

/**
 * Class of the largest score in each row; the first one of equals.
 *
 * @param scores row-major, shape [n, classes]: probabilities or logits
 */
export function mostLikelyClasses(scores: ArrayLike<number>, classes: number): Int32Array {
  checkAllNumbers("mostLikelyClasses", { scores });
  checkCount("mostLikelyClasses: classes", classes);
  return Int32Array.from({ length: scores.length / classes }, (_, row) => {
    let best = 0;
    for (let label = 1; label < classes; label++) {
      if ((scores[row * classes + label] ?? 0) > (scores[row * classes + best] ?? 0)) best = label;
    }
    return best;
  });
}

/** Probabilities of logits, row by row; never overflows. Shape [n, classes]. */
export function softmax(logits: ArrayLike<number>, classes: number): Float64Array {
  checkAllNumbers("softmax", { logits });
  checkCount("softmax: classes", classes);
  const probabilities = Float64Array.from(logits);
  for (let start = 0; start < probabilities.length; start += classes) {
    const row = probabilities.subarray(start, start + classes);
    const largest = row.reduce((max, logit) => Math.max(max, logit), Number.NEGATIVE_INFINITY);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - largest), 0);
    for (const [label, logit] of row.entries()) row[label] = Math.exp(logit - largest) / sum;
  }
  return probabilities;
}
