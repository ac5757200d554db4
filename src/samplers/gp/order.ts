/** Indices of `values` from the least on; the earlier of equal ones first. No value is NaN. */
export function ascending(values: Float64Array): Int32Array {
  const at = (index: number): number => values[index] as number; // an index of `values`
  return Int32Array.from(values, (_, index) => index).sort((left, right) => at(left) - at(right) || left - right);
}
