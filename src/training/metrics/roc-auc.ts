import { checkRows } from "../argument-check.ts";
import { meanOver } from "./mean-over.ts";

/**
 * Area under the ROC curve: the chance that a row of class 1 has a larger score than one of class 0, equal scores
 * counting half. In [0, 1]; NaN where either class has no rows, or a score is NaN.
 *
 * @param scores shape [n], e.g. the probability of class 1
 * @param labels shape [n], 0 or 1
 * @source Hanley and McNeil 1982 (Radiology 143): the area is the statistic of Mann and Whitney
 */
export function rocAuc(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  checkRows("rocAuc", { scores, labels });
  const order = Int32Array.from({ length: labels.length }, (_, row) => row);
  order.sort((a, b) => (scores[a] ?? 0) - (scores[b] ?? 0));
  let positives = 0;
  let rankSum = 0;
  for (let start = 0; start < order.length; ) {
    const tie = tieFrom(order, start, { scores, labels });
    if (tie === null) return Number.NaN;
    // Ranks count from 1; equal scores share the mean of theirs.
    rankSum += (tie.positives * (start + 1 + tie.end)) / 2;
    positives += tie.positives;
    start = tie.end;
  }
  const pairs = positives * (labels.length - positives);
  return pairs === 0 ? Number.NaN : (rankSum - (positives * (positives + 1)) / 2) / pairs;
}

/**
 * Mean over the classes of the area under the ROC curve of that class against the others.
 *
 * @param scores row-major, shape [n, classes]
 * @param labels shape [n], in 0..classes-1
 * @returns in [0, 1]; NaN where a class has no rows, or all of them
 */
export function rocAucOneVsRest(scores: ArrayLike<number>, labels: ArrayLike<number>): number {
  checkRows("rocAucOneVsRest", { scores, labels }, null);
  const classes = scores.length / labels.length;
  return meanOver(Array.from({ length: classes }), (_, label) =>
    rocAuc(
      Float64Array.from(labels, (_, row) => scores[row * classes + label] ?? Number.NaN),
      Int32Array.from(labels, (other) => (other === label ? 1 : 0)),
    ),
  );
}

interface Tie {
  /** Place after its last row. */
  readonly end: number;
  readonly positives: number;
}

/** The rows from `start` on that share one score; null where it is NaN. */
function tieFrom(
  order: Int32Array,
  start: number,
  { scores, labels }: { readonly scores: ArrayLike<number>; readonly labels: ArrayLike<number> },
): Tie | null {
  const score = scores[order[start] ?? 0] ?? Number.NaN;
  if (Number.isNaN(score)) return null;
  let end = start;
  let positives = 0;
  for (; end < order.length && scores[order[end] ?? 0] === score; end++) positives += labels[order[end] ?? 0] ?? 0;
  return { end, positives };
}
