/** Where a lower triangular system lies. */
export interface ForwardRange {
  /** Of the right-hand side, the place of its number 0. */
  readonly from: number;
  /** Rows before it are passed over: the solution is 0 there. */
  readonly first: number;
  /** The row after the last one. */
  readonly end: number;
}

/**
 * Solves L·x = b by forward substitution, in place of `b`; L is row-major with `stride` numbers a row.
 *
 * Four rows at a time: each number of x is then read once for four sums that do not wait for each other. The columns
 * before a block are a multiple of four, taken two by two.
 */
export function substituteForward(
  { cells, stride }: { readonly cells: Float64Array; readonly stride: number },
  b: Float64Array,
  { from, first, end }: ForwardRange,
): void {
  let i = first;
  // every index is in range: rows below `end`, columns up to the diagonal
  for (; i + 4 <= end; i += 4) {
    const p = i * stride;
    const q = p + stride;
    const r = q + stride;
    const s = r + stride;
    let sumP = 0;
    let sumQ = 0;
    let sumR = 0;
    let sumS = 0;
    for (let k = first; k < i; k += 2) {
      const x = b[from + k] as number;
      const y = b[from + k + 1] as number;
      sumP += x * (cells[p + k] as number);
      sumQ += x * (cells[q + k] as number);
      sumR += x * (cells[r + k] as number);
      sumS += x * (cells[s + k] as number);
      sumP += y * (cells[p + k + 1] as number);
      sumQ += y * (cells[q + k + 1] as number);
      sumR += y * (cells[r + k + 1] as number);
      sumS += y * (cells[s + k + 1] as number);
    }
    const at = from + i;
    b[at] = (b[at] as number) - sumP;
    b[at + 1] = (b[at + 1] as number) - sumQ;
    b[at + 2] = (b[at + 2] as number) - sumR;
    b[at + 3] = (b[at + 3] as number) - sumS;
    for (let row = 0; row < 4; row++) finishRow({ cells, start: p + row * stride + i }, b, { at, row });
  }
  for (; i < end; i++) {
    const row = i * stride;
    let sum = 0;
    for (let k = first; k < i; k++) sum += (cells[row + k] as number) * (b[from + k] as number);
    b[from + i] = ((b[from + i] as number) - sum) / (cells[row + i] as number);
  }
}

/** What is left of a row within its block of four: the columns of the block itself. */
function finishRow(
  { cells, start }: { readonly cells: Float64Array; readonly start: number },
  b: Float64Array,
  { at, row }: { readonly at: number; readonly row: number },
): void {
  let rest = b[at + row] as number;
  for (let k = 0; k < row; k++) rest -= (cells[start + k] as number) * (b[at + k] as number);
  b[at + row] = rest / (cells[start + row] as number);
}
