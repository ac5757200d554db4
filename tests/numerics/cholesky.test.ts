import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { appendRow, type Cholesky, cholesky, choleskyWithJitter } from "../../src/numerics/cholesky.ts";
import { inverse, logDeterminant, solve, solveLower, solveUpper } from "../../src/numerics/triangular.ts";
import { errorOf, numerics } from "../golden/numerics.ts";

/** The lower triangle, zeros above. */
function lowerOf({ size, cells, stride }: Cholesky): number[] {
  return Array.from({ length: size * size }, (_, at) => {
    const [i, j] = [Math.floor(at / size), at % size];
    return j > i ? 0 : cells[i * stride + j]!;
  });
}

function factored(matrix: readonly number[], jitter = 0): Cholesky {
  const factor = cholesky(Float64Array.from(matrix), Math.sqrt(matrix.length), jitter);
  if (factor === null) throw new Error("expected a positive definite matrix");
  return factor;
}

/** The largest difference, relative to the largest number expected. */
function worst(actual: ArrayLike<number>, expected: readonly number[]): number {
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...expected.map((value, index) => Math.abs(actual[index]! - value) / scale));
}

function covariance(points: readonly number[], noise: number): number[] {
  return points.flatMap((x, i) => points.map((y, j) => Math.exp(-((x - y) ** 2) / 0.02) + (i === j ? noise : 0)));
}

describe.each(numerics.cholesky.map((row) => [row.name, row] as const))("SciPy's factor of %s", (_, row) => {
  const factor = factored(row.matrix);

  it("has its rows and its determinant", () => {
    expect(worst(lowerOf(factor), row.lower)).toBeLessThan(1e-12);
    expect(errorOf(logDeterminant(factor), row.log_determinant)).toBeLessThan(1e-12);
  });

  it("solves", () => {
    const b = Float64Array.from([Number.NaN, ...row.b, 7]);
    solveLower(factor, b, 1);
    expect(worst(b.subarray(1), row.solved_lower)).toBeLessThan(1e-10);
    solveUpper(factor, b, 1);
    expect(worst(b.subarray(1), row.solved)).toBeLessThan(1e-10);
    expect([b[0], b.at(-1)]).toEqual([Number.NaN, 7]);
  });

  it("inverts", () => {
    expect(worst(inverse(factor), row.inverse)).toBeLessThan(1e-10);
  });

  it("grows by rows to the same", () => {
    const { size, matrix } = row;
    let grown: Cholesky | null = factored(matrix.slice(0, 1));
    for (let i = 1; i < size && grown !== null; i++) grown = appendRow(grown, matrix.slice(i * size, i * size + i + 1));
    expect(grown === null ? [] : lowerOf(grown)).toEqual(lowerOf(factor));
  });
});

describe("appendRow", () => {
  it("leaves the factor as it was", () => {
    const base = factored([4, 2, 2, 3]);
    const before = lowerOf(base);
    const first = appendRow(base, [1, 1, 5]);
    const second = appendRow(base, [0, 0, 9]);
    expect([lowerOf(base), base.size, first?.size]).toEqual([before, 2, 3]);
    expect(second === null ? [] : lowerOf(second).slice(6)).toEqual([0, 0, 3]);
  });

  it("goes on past the room that was made", () => {
    let factor = factored([2]);
    for (let n = 1; n < 80; n++) {
      const next = appendRow(
        factor,
        Array.from({ length: n + 1 }, (_, j) => (j === n ? 2 : 0.5 ** (n - j))),
      );
      if (next === null) throw new Error(`row ${n} was refused`);
      factor = next;
    }
    const direct = factored(
      Array.from({ length: 6400 }, (_, at) => {
        const distance = Math.abs(Math.floor(at / 80) - (at % 80));
        return distance === 0 ? 2 : 0.5 ** distance;
      }),
    );
    expect(lowerOf(factor)).toEqual(lowerOf(direct));
  });

  it("refuses a row that makes the matrix singular, and adds the jitter of the factor", () => {
    expect(appendRow(factored([1]), [1, 1])).toBeNull();
    expect(appendRow(factored([1]), [1, Number.NaN])).toBeNull();
    expect(lowerOf(appendRow(factored([1], 3)!, [0, 1])!)).toEqual([2, 0, 0, 2]);
  });
});

describe("a matrix that is not positive definite", () => {
  it.each([
    ["singular", [1, 1, 1, 1]],
    ["singular but for rounding", covariance([0.1, 0.1 + 1e-12, 0.5], 0)],
    ["indefinite", [1, 2, 2, 1]],
    ["zero", [0]],
    ["negative", [-1]],
    ["NaN", [1, 0, Number.NaN, 1]],
    ["infinite", [Number.POSITIVE_INFINITY]],
  ])("%s: null", (_, matrix) => {
    expect(cholesky(Float64Array.from(matrix), Math.sqrt(matrix.length))).toBeNull();
  });

  it("gets the least jitter that helps, in proportion to its diagonal", () => {
    const exact = choleskyWithJitter(Float64Array.from([4]), 1);
    expect([exact?.jitter, exact?.cells[0]]).toEqual([0, 2]);
    for (const scale of [1e-200, 1, 1e300]) {
      const factor = choleskyWithJitter(Float64Array.from([scale, scale, scale, scale]), 2);
      expect(factor!.jitter / scale).toBeCloseTo(1e-10, 20);
    }
    expect(choleskyWithJitter(Float64Array.from([1, 1.001, 1.001, 1]), 2)?.jitter).toBeCloseTo(1e-2, 12);
  });

  it("is given up where jitter cannot help", () => {
    for (const matrix of [[1, 2, 2, 1], [0], [-1], [Number.NaN], [Number.POSITIVE_INFINITY]]) {
      expect(choleskyWithJitter(Float64Array.from(matrix), Math.sqrt(matrix.length))).toBeNull();
    }
  });
});

it("solves for points that lie on each other, the residual at the level of the jitter", () => {
  const points = fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 });
  fc.assert(
    fc.property(points, fc.boolean(), (xs, twice) => {
      const matrix = covariance(twice ? [...xs, ...xs] : xs, 0);
      const size = Math.sqrt(matrix.length);
      const factor = choleskyWithJitter(Float64Array.from(matrix), size);
      if (factor === null) throw new Error("expected a factor");
      expect(factor.jitter).toBeLessThanOrEqual(1e-8);
      const x = new Float64Array(size).fill(1);
      solve(factor, x);
      for (let i = 0; i < size; i++) {
        let product = factor.jitter * x[i]!;
        for (let j = 0; j < size; j++) product += matrix[i * size + j]! * x[j]!;
        expect(Math.abs(product - 1)).toBeLessThan(1e-4);
      }
    }),
  );
});

it("a matrix of no rows has a factor of determinant 1", () => {
  const empty = factored([]);
  expect([empty.size, logDeterminant(empty), inverse(empty).length]).toEqual([0, 0, 0]);
  expect(lowerOf(appendRow(empty, [9])!)).toEqual([3]);
});
