import { isObject } from "../../space/object.ts";
import { invalid } from "../../trial/option-check.ts";
import { checkAllNumbers, checkCount, checkNumbers, isNumbers } from "../argument-check.ts";

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
  rows: Int32Array = allRows(values, columns),
): Scaling {
  checkAllNumbers("fitScaling", { values, rows });
  checkCount("fitScaling: columns", columns);
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

function allRows(values: Float32Array, columns: number): Int32Array {
  checkNumbers("fitScaling: values", values);
  checkCount("fitScaling: columns", columns);
  return Int32Array.from({ length: values.length / columns }, (_, row) => row);
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
export function scale(values: Float32Array, scaling: Scaling): Float32Array {
  checkScaled("scale", values, scaling);
  const { means, deviations } = scaling;
  const columns = means.length;
  return values.map((value, at) => (value - (means[at % columns] ?? 0)) / (deviations[at % columns] ?? 1));
}

/** Back to the unit of what `scale` was given. */
export function unscale(values: Float32Array, scaling: Scaling): Float32Array {
  checkScaled("unscale", values, scaling);
  const { means, deviations } = scaling;
  const columns = means.length;
  return values.map((value, at) => value * (deviations[at % columns] ?? 1) + (means[at % columns] ?? 0));
}

/** @throws ParzenError OPTION_INVALID */
function checkScaled(call: string, values: unknown, scaling: unknown): void {
  checkNumbers(`${call}: values`, values);
  if (isObject(scaling) && isNumbers(scaling["means"]) && isNumbers(scaling["deviations"])) return;
  throw invalid(`${call}: scaling`, "{ means, deviations } of fitScaling", scaling);
}
