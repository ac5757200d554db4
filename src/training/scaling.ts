/** Shift and scale of each column. JSON, so that it can be kept with a model. */
export interface Scaling {
  readonly means: readonly number[];
  /** Standard deviations; 1 for a column that is constant. */
  readonly deviations: readonly number[];
}

/**
 * Fits mean 0 and standard deviation 1 of every column. Fit it on the train split alone: the other splits must not
 * leak into it.
 *
 * @param values row-major, shape [n, columns]
 */
export function fitScaling(values: Float32Array, columns: number): Scaling {
  const rows = values.length / columns;
  const means = new Array<number>(columns).fill(0);
  for (const [at, value] of values.entries()) means[at % columns] = (means[at % columns] ?? 0) + value / rows;
  const variances = new Array<number>(columns).fill(0);
  for (const [at, value] of values.entries()) {
    const column = at % columns;
    variances[column] = (variances[column] ?? 0) + (value - (means[column] ?? 0)) ** 2 / rows;
  }
  return { means, deviations: variances.map((variance) => (variance > 1e-12 ? Math.sqrt(variance) : 1)) };
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
