/** Index of the first element of ascending `values` that is >= `x`; their length where there is none. */
export function lowerBound(values: ArrayLike<number>, x: number, length: number = values.length): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((values[middle] ?? Number.POSITIVE_INFINITY) < x) low = middle + 1;
    else high = middle;
  }
  return low;
}
