/** Share of predicted classes that are right, in [0, 1]. Both shape [n]. */
export function accuracy(predicted: ArrayLike<number>, labels: ArrayLike<number>): number {
  return meanOver(labels, (label, row) => (predicted[row] === label ? 1 : 0));
}

/** Probability given to a class is taken as at least this, so that one confident error does not give Infinity. */
const SMALLEST_PROBABILITY = 1e-15;

/**
 * Mean negative log-likelihood of the true classes, in nats.
 *
 * @param probabilities row-major, shape [n, classes]; each row sums to 1
 * @param labels shape [n], in 0..classes-1
 */
export function crossEntropy(probabilities: ArrayLike<number>, labels: ArrayLike<number>): number {
  const classes = probabilities.length / labels.length;
  return meanOver(labels, (label, row) => {
    const probability = probabilities[row * classes + label] ?? Number.NaN;
    return -Math.log(Math.max(probability, SMALLEST_PROBABILITY));
  });
}

/** Mean of |predicted - target|, in the target's unit. */
export function meanAbsoluteError(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  return meanOver(targets, (target, row) => Math.abs((predicted[row] ?? Number.NaN) - target));
}

/** Mean of (predicted - target)², in the target's unit squared. */
export function meanSquaredError(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  return meanOver(targets, (target, row) => ((predicted[row] ?? Number.NaN) - target) ** 2);
}

/** Square root of the mean squared error, in the target's unit. */
export function rootMeanSquaredError(predicted: ArrayLike<number>, targets: ArrayLike<number>): number {
  return Math.sqrt(meanSquaredError(predicted, targets));
}

/**
 * Class of the largest score in each row; the first one of equals.
 *
 * @param scores row-major, shape [n, classes]: probabilities or logits
 */
export function mostLikelyClasses(scores: ArrayLike<number>, classes: number): Int32Array {
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
  const probabilities = Float64Array.from(logits);
  for (let start = 0; start < probabilities.length; start += classes) {
    const row = probabilities.subarray(start, start + classes);
    const largest = row.reduce((max, logit) => Math.max(max, logit), Number.NEGATIVE_INFINITY);
    const sum = row.reduce((total, logit) => total + Math.exp(logit - largest), 0);
    for (const [label, logit] of row.entries()) row[label] = Math.exp(logit - largest) / sum;
  }
  return probabilities;
}

/** NaN for no rows. */
function meanOver(labels: ArrayLike<number>, term: (label: number, row: number) => number): number {
  let sum = 0;
  for (let row = 0; row < labels.length; row++) sum += term(labels[row] ?? Number.NaN, row);
  return sum / labels.length;
}
