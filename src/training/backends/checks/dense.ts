import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../tensorflow.ts";
import { type GradientCheck, integers } from "./check.ts";

interface Case {
  /** Output is [m, n], k is summed over. */
  readonly m: number;
  readonly k: number;
  readonly n: number;
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Row-major, and how it is read. */
interface Matrix {
  readonly values: Float32Array;
  readonly rows: number;
  readonly columns: number;
}

const BOOLEANS = [false, true] as const;

/** A small odd shape, and one larger than the blocks that fast kernels work in. */
const SHAPES = [
  { m: 3, k: 5, n: 2 },
  { m: 33, k: 40, n: 19 },
] as const;

/**
 * What dense layers compute: the product, and both its gradients, with each operand as it is and transposed. All
 * entries are small integers, so every backend that is right is exactly right, whatever its order of summation.
 */
export const denseChecks: readonly GradientCheck[] = SHAPES.flatMap((shape) =>
  BOOLEANS.flatMap((transposeA) => BOOLEANS.map((transposeB) => denseCheck({ ...shape, transposeA, transposeB }))),
);

function denseCheck({ m, k, n, transposeA, transposeB }: Case): GradientCheck {
  const a = matrix(m, k, 1);
  const b = matrix(k, n, 2);
  const weight = matrix(m, n, 3);
  const givenA = transposeA ? transpose(a) : a;
  const givenB = transposeB ? transpose(b) : b;
  const gradA = multiply(weight, transpose(b));
  const gradB = multiply(transpose(a), weight);
  return {
    name: `dense layer ${m}x${k}x${n}${transposeA ? ", first transposed" : ""}${transposeB ? ", second transposed" : ""}`,
    compute(tf) {
      const product = (x: Tensor, y: Tensor) => tf.matMul(x, y, transposeA, transposeB);
      const inputs = [tensor(tf, givenA), tensor(tf, givenB)] as const;
      const loss = (x: Tensor, y: Tensor) => tf.sum(tf.mul(product(x, y), tensor(tf, weight)));
      return [product(...inputs), ...tf.grads(loss)([...inputs])];
    },
    expected: [multiply(a, b), transposeA ? transpose(gradA) : gradA, transposeB ? transpose(gradB) : gradB].map(
      (matrix) => matrix.values,
    ),
  };
}

function matrix(rows: number, columns: number, salt: number): Matrix {
  return { values: integers(rows * columns, salt), rows, columns };
}

function transpose({ values, rows, columns }: Matrix): Matrix {
  const turned = new Float32Array(values.length);
  for (const [index, value] of values.entries()) {
    turned[(index % columns) * rows + Math.floor(index / columns)] = value;
  }
  return { values: turned, rows: columns, columns: rows };
}

function multiply(a: Matrix, b: Matrix): Matrix {
  const values = Float32Array.from({ length: a.rows * b.columns }, (_, index) => {
    const row = Math.floor(index / b.columns);
    const column = index % b.columns;
    let sum = 0;
    for (let k = 0; k < a.columns; k++) {
      sum += (a.values[row * a.columns + k] ?? 0) * (b.values[k * b.columns + column] ?? 0);
    }
    return sum;
  });
  return { values, rows: a.rows, columns: b.columns };
}

function tensor(tf: TensorFlow, { values, rows, columns }: Matrix): Tensor2D {
  return tf.tensor2d(values, [rows, columns]);
}
