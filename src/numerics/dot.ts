/** Where two vectors lie in the arrays that hold them. */
export interface DotRange {
  readonly xFrom: number;
  readonly yFrom: number;
  readonly length: number;
}

/** Σ xᵢyᵢ over a part of each array, which must lie inside it; in four sums at a time, which is faster and no less exact. */
export function dot(x: Float64Array, y: Float64Array, { xFrom, yFrom, length }: DotRange): number {
  let [a, b, c, d] = [0, 0, 0, 0];
  let k = 0;
  // every index is in range by the contract
  for (; k + 3 < length; k += 4) {
    const i = xFrom + k;
    const j = yFrom + k;
    a += (x[i] as number) * (y[j] as number);
    b += (x[i + 1] as number) * (y[j + 1] as number);
    c += (x[i + 2] as number) * (y[j + 2] as number);
    d += (x[i + 3] as number) * (y[j + 3] as number);
  }
  for (; k < length; k++) a += (x[xFrom + k] as number) * (y[yFrom + k] as number);
  return a + b + (c + d);
}
