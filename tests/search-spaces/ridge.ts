import { cholesky } from "../../src/numerics/cholesky.ts";
import { solve } from "../../src/numerics/triangular.ts";
import { fitScaling, type RegressionDataset, rootMeanSquaredError, scale, unscale } from "../../src/training/index.ts";

/**
 * RMSE on `judged` of the line that minimizes the mean squared error of standardised rows plus l2 times the sum of its
 * squared weights, in closed form.
 */
export function ridgeError(train: RegressionDataset, judged: RegressionDataset, l2: number): number {
  const [features, target] = [fitScaling(train.features, train.columns), fitScaling(train.labels, 1)];
  const [inputs, outputs] = [scale(train.features, features), scale(train.labels, target)];
  const weights = solveRidge({ inputs, outputs, columns: train.columns }, l2);
  const rows = scale(judged.features, features);
  const predicted = judged.labels.map((_, row) =>
    weights.reduce((sum, weight, column) => sum + weight * (rows[row * judged.columns + column] ?? 0), 0),
  );
  return rootMeanSquaredError(unscale(predicted, target), judged.labels);
}

interface Rows {
  /** Row-major. */
  readonly inputs: Float32Array;
  readonly outputs: Float32Array;
  readonly columns: number;
}

function solveRidge({ inputs, outputs, columns }: Rows, l2: number): Float64Array {
  const count = outputs.length;
  const at = (row: number, column: number) => inputs[row * columns + column] ?? 0;
  const mean = (term: (row: number) => number) =>
    Array.from({ length: count }, (_, row) => term(row)).reduce((sum, value) => sum + value, 0) / count;
  const gram = Float64Array.from({ length: columns * columns }, (_, cell) =>
    mean((row) => at(row, Math.floor(cell / columns)) * at(row, cell % columns)),
  );
  const factor = cholesky(gram, columns, l2);
  if (factor === null) throw new Error("expected a positive definite matrix");
  const weights = Float64Array.from({ length: columns }, (_, column) =>
    mean((row) => at(row, column) * (outputs[row] ?? 0)),
  );
  solve(factor, weights);
  return weights;
}
