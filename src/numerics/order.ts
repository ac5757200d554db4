/** Indices of `values` from the least on; the earlier of equal ones first. No value is NaN. */
export function ascending(values: Float64Array): Int32Array {
  const at = (index: number): number => values[index] as number; // an index of `values`
  return Int32Array.from(values, (_, index) => index).sort((left, right) => at(left) - at(right) || left - right);
}

/** Indices of the `count` lowest values, the lowest first; the earlier of equal ones first. No value is NaN. */
export function lowest(values: ArrayLike<number>, count: number): number[] {
  const best: number[] = [];
  const valueAt = (place: number): number => values[best[place] ?? -1] ?? Number.POSITIVE_INFINITY;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.POSITIVE_INFINITY;
    if (best.length === count && !(value < valueAt(count - 1))) continue;
    let place = best.length;
    while (place > 0 && value < valueAt(place - 1)) place--;
    best.splice(place, 0, index);
    if (best.length > count) best.pop();
  }
  return best;
}
