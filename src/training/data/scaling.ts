/** Shift and scale of each column. JSON, so that it can be kept with a model. */
export interface Scaling {
  readonly means: readonly number[];
  /** Standard deviations; 1 for a column that is constant. */
  readonly deviations: readonly number[];
}

/** Relative precision of the numbers that are fitted on. */
const FLOAT32_EPSILON = 2 ** -23;

/**
 * Fits mean 0 and standard deviation 1 of every column. Fit it on the train rows alone: the others must not leak into it.
 *
 * @param values row-major, shape [n, columns]
 * @param rows indices of the rows to fit on. Default: all
 */
export function fitScaling(
  values: Float32Array,
  columns: number,
  rows: Int32Array = Int32Array.from({ length: values.length / columns }, (_, row) => row),
): Scaling {
  const means = meansOf(rows, columns, (row, column) => values[row * columns + column] ?? Number.NaN);
  const variances = meansOf(rows, columns, (row, column) => {
    return ((values[row * columns + column] ?? Number.NaN) - (means[column] ?? 0)) ** 2;
  });
  const deviations = variances.map((variance, column) => {
    const deviation = Math.sqrt(variance);
    // Less is what rounding leaves of a column of equal values.
    return deviation > FLOAT32_EPSILON * Math.abs(means[column] ?? 0) ? deviation : 1;
  });
  return { means, deviations };
}

function meansOf(rows: Int32Array, columns: number, term: (row: number, column: number) => number): number[] {
  const means = new Array<number>(columns).fill(0);
  for (const row of rows) {
    for (let column = 0; column < columns; column++)
      means[column] = (means[column] ?? 0) + term(row, column) / rows.length;
  }
  return means;
}

/** Standard scores, shape as `values`: row-major, one mean and deviation a column. */
export function scale(values: Float32Array, { means, deviations }: Scaling): Float32Array {
  const columns = means.length;
  return values.map((value, at) => (value - (means[at % columns] ?? 0)) / (deviations[at % columns] ?? 1));
}

/** Back to the unit of what `scale` was given. */
export function unscale(values: Float32Array, { means, deviations }: Scaling): Float32Array {
  const columns = means.length;
  return values.map((value, at) => value * (deviations[at % columns] ?? 1) + (means[at % columns] ?? 0));
}
