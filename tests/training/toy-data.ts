import { stream } from "../../src/random/stream.ts";
import type { ClassificationDataset, RegressionDataset } from "../../src/training/index.ts";

/** Three overlapping clouds in the plane, classes of unequal size. */
export function clouds(rows = 200): ClassificationDataset {
  const rng = stream("clouds");
  const labels = Int32Array.from({ length: rows }, (_, row) => (row % 10 < 6 ? 0 : row % 10 < 9 ? 1 : 2));
  const features = new Float32Array(rows * 2);
  for (const [row, label] of labels.entries()) {
    features[row * 2] = label * 2 + rng.next();
    features[row * 2 + 1] = 5 - label + rng.next();
  }
  return {
    task: "classification",
    rows,
    columns: 2,
    features,
    featureNames: ["x", "y"],
    labels,
    classNames: ["a", "b", "c"],
  };
}

/** A noisy plane, its target far from mean 0 and standard deviation 1. */
export function plane(rows = 200): RegressionDataset {
  const rng = stream("plane");
  const features = Float32Array.from({ length: rows * 2 }, () => rng.next() * 10);
  const labels = Float32Array.from(
    { length: rows },
    (_, row) => 500 + 30 * (features[row * 2] ?? 0) - 20 * (features[row * 2 + 1] ?? 0) + rng.next(),
  );
  return {
    task: "regression",
    rows,
    columns: 2,
    features,
    featureNames: ["x", "y"],
    labels,
    targetName: "height",
  };
}
