import { dot } from "./dot.ts";
import { substituteForward } from "./forward.ts";

/**
 * The lower triangle L of A = L·Lᵀ, A symmetric and positive definite.
 *
 * Appending a row gives another factor and leaves this one as it was, but the two may share their cells: of several
 * factors appended to the same one, only the newest is good.
 */
export interface Cholesky {
  /** Rows of A. */
  readonly size: number;
  /** Row-major, `stride` numbers a row; what is right of the diagonal or below row `size` has no meaning. */
  readonly cells: Float64Array;
  readonly stride: number;
  /** What was added to the diagonal of A so that it could be factored; rows appended have it added too. */
  readonly jitter: number;
}

/**
 * Factors a matrix; null where it is not positive definite to the precision of a double, or not finite.
 *
 * @param matrix row-major, `size`² numbers, of which only the lower triangle is read
 * @param jitter is added to the diagonal
 */
export function cholesky(matrix: Float64Array, size: number, jitter = 0): Cholesky | null {
  const cells = new Float64Array(size * size);
  for (let i = 0; i < size; i++) {
    const row = i * size;
    for (let j = 0; j <= i; j++) cells[row + j] = matrix[row + j] ?? Number.NaN;
    if (!reduceRow({ cells, stride: size, row: i }, jitter)) return null;
  }
  return { size, cells, stride: size, jitter };
}

/**
 * Factors a matrix that may be singular, as covariances of points that lie on each other are: where it is not positive
 * definite, the least of 1e-10, 1e-9, ... 1e-2 times its mean diagonal that helps is added to the diagonal.
 *
 * @returns null only where even that does not help: a matrix far from a covariance, or with numbers that are not finite
 */
export function choleskyWithJitter(matrix: Float64Array, size: number): Cholesky | null {
  let trace = 0;
  for (let i = 0; i < size; i++) trace += (matrix[i * size + i] ?? Number.NaN) / size;
  let factor = cholesky(matrix, size);
  for (let exponent = -10; factor === null && exponent <= -2; exponent++) {
    if (!(trace > 0 && trace < Number.POSITIVE_INFINITY)) return null;
    factor = cholesky(matrix, size, trace * 10 ** exponent);
  }
  return factor;
}

/**
 * The factor of the matrix that has one more row and column, in O(size²); null where that is singular.
 *
 * @param row the covariances with all rows so far, then the new diagonal: `size` + 1 numbers
 */
export function appendRow(factor: Cholesky, row: ArrayLike<number>): Cholesky | null {
  const { size, stride, cells, jitter } = withRoom(factor);
  for (let j = 0; j <= size; j++) cells[size * stride + j] = row[j] ?? Number.NaN;
  return reduceRow({ cells, stride, row: size }, jitter) ? { size: size + 1, cells, stride, jitter } : null;
}

/** Rows that a factor has room for once one was appended. */
const ROOM = 32;

/** The same factor, in cells that have room for another row. */
function withRoom(factor: Cholesky): Cholesky {
  const { size, stride, cells, jitter } = factor;
  if (size < stride) return factor;
  const wider = size + ROOM;
  const copy = new Float64Array(wider * wider);
  for (let i = 0; i < size; i++) copy.set(cells.subarray(i * stride, i * stride + i + 1), i * wider);
  return { size, cells: copy, stride: wider, jitter };
}

/**
 * Turns one row of A into that of L, the rows above being done.
 *
 * @returns false where the pivot is no more than the rounding errors made on the way to it
 */
function reduceRow(
  { cells, stride, row }: { readonly cells: Float64Array; readonly stride: number; readonly row: number },
  jitter: number,
): boolean {
  const start = row * stride;
  substituteForward({ cells, stride }, cells, { from: start, first: 0, end: row });
  const diagonal = (cells[start + row] as number) + jitter;
  const pivot = diagonal - dot(cells, cells, { xFrom: start, yFrom: start, length: row });
  if (!(pivot > (row + 1) * Number.EPSILON * diagonal && pivot < Number.POSITIVE_INFINITY)) return false;
  cells[start + row] = Math.sqrt(pivot);
  return true;
}
