import type { Cholesky } from "./cholesky.ts";
import { dot, dotFour } from "./dot.ts";
import { substituteForward } from "./forward.ts";

/** Solves L·x = b in place: `b` holds x afterwards. Only the first `size` numbers from `from` on are read or written. */
export function solveLower(factor: Cholesky, b: Float64Array, from = 0): void {
  substituteForward(factor, b, { from, first: 0, end: factor.size });
}

/** Solves Lᵀ·x = b in place: `b` holds x afterwards. */
export function solveUpper({ size, cells, stride }: Cholesky, b: Float64Array, from = 0): void {
  for (let i = size - 1; i >= 0; i--) {
    const row = i * stride;
    const x = (b[from + i] as number) / (cells[row + i] as number); // in range: i < size
    b[from + i] = x;
    for (let k = 0; k < i; k++) b[from + k] = (b[from + k] as number) - x * (cells[row + k] as number);
  }
}

/** Solves A·x = b in place, A being the matrix that was factored, jitter included. */
export function solve(factor: Cholesky, b: Float64Array, from = 0): void {
  solveLower(factor, b, from);
  solveUpper(factor, b, from);
}

/** ln det A. */
export function logDeterminant({ size, cells, stride }: Cholesky): number {
  let sum = 0;
  for (let i = 0; i < size; i++) sum += Math.log(cells[i * stride + i] as number); // in range: i < size
  return 2 * sum;
}

/** A⁻¹, row-major with `size` numbers a row, both triangles; in O(size³), about twice what the factor cost. */
export function inverse(factor: Cholesky): Float64Array {
  const { size } = factor;
  const rows = inverseLowerTransposed(factor);
  const result = new Float64Array(size * size);
  const four = new Float64Array(4);
  // A⁻¹ = L⁻ᵀ·L⁻¹; of the rows of L⁻ᵀ only what is from the diagonal on is not 0
  for (let i = 0; i < size; i++) {
    const xFrom = i * size + i;
    const length = size - i;
    for (let j = 0; j <= i; j += 4) {
      const count = Math.min(4, i + 1 - j);
      if (count === 4) dotFour(rows, rows, { xFrom, yFrom: j * size + i, length, stride: size }, four);
      else for (let k = 0; k < count; k++) four[k] = dot(rows, rows, { xFrom, yFrom: (j + k) * size + i, length });
      for (let k = 0; k < count; k++) {
        const value = four[k] as number; // in range: k < 4
        result[i * size + j + k] = value;
        result[(j + k) * size + i] = value;
      }
    }
  }
  return result;
}

/** L⁻ᵀ, row-major: row j is column j of L⁻¹, which solves L·x = eⱼ. */
function inverseLowerTransposed(factor: Cholesky): Float64Array {
  const { size } = factor;
  const rows = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    rows[j * size + j] = 1;
    substituteForward(factor, rows, { from: j * size, first: j, end: size });
  }
  return rows;
}
