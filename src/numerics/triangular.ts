import type { Cholesky } from "./cholesky.ts";
import { dot } from "./dot.ts";

/** Solves L·x = b in place: `b` holds x afterwards. Only the first `size` numbers from `from` on are read or written. */
export function solveLower({ size, cells, stride }: Cholesky, b: Float64Array, from = 0): void {
  for (let i = 0; i < size; i++) {
    const row = i * stride;
    const rest = (b[from + i] as number) - dot(cells, b, { xFrom: row, yFrom: from, length: i });
    b[from + i] = rest / (cells[row + i] as number); // in range: i < size
  }
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
  for (let i = 0; i < size; i++) {
    for (let j = 0; j <= i; j++) {
      // A⁻¹ = L⁻ᵀ·L⁻¹; of the rows of L⁻ᵀ only what is from the diagonal on is not 0
      const value = dot(rows, rows, { xFrom: i * size + i, yFrom: j * size + i, length: size - i });
      result[i * size + j] = value;
      result[j * size + i] = value;
    }
  }
  return result;
}

/** L⁻ᵀ, row-major: row j is column j of L⁻¹, which solves L·x = eⱼ. */
function inverseLowerTransposed({ size, cells, stride }: Cholesky): Float64Array {
  const rows = new Float64Array(size * size);
  for (let j = 0; j < size; j++) {
    const start = j * size;
    rows[start + j] = 1 / (cells[j * stride + j] as number); // in range: j < size
    for (let i = j + 1; i < size; i++) {
      const sum = dot(cells, rows, { xFrom: i * stride + j, yFrom: start + j, length: i - j });
      rows[start + i] = -sum / (cells[i * stride + i] as number);
    }
  }
  return rows;
}
