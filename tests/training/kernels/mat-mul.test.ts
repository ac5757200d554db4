import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";

let tf: TensorFlow;

beforeAll(async () => {
  await loadBackend({ prefer: "cpu" });
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

const size = fc.integer({ min: 1, max: 40 });
const products = fc.record({
  m: size,
  k: size,
  n: size,
  /** Leading axes of the operands: single matrices, written in several ways, and stacks. */
  leading: fc.constantFrom([], [1], [1, 1], [3], [2, 2]),
  transposeA: fc.boolean(),
  transposeB: fc.boolean(),
  seed: fc.integer({ min: 1, max: 1e6 }),
});

type Product = typeof products extends fc.Arbitrary<infer P> ? P : never;

/** The product and its two gradients, on the backend that is active. */
function compute({ m, k, n, leading, transposeA, transposeB, seed }: Product): Float32Array[] {
  const tensors = tf.tidy(() => {
    const a = tf.randomNormal([...leading, ...(transposeA ? [k, m] : [m, k])], 0, 1, "float32", seed);
    const b = tf.randomNormal([...leading, ...(transposeB ? [n, k] : [k, n])], 0, 1, "float32", seed + 1);
    const weight = tf.randomNormal([...leading, m, n], 0, 1, "float32", seed + 2);
    const loss = (x: typeof a, y: typeof a) => tf.sum(tf.mul(tf.matMul(x, y, transposeA, transposeB), weight));
    return [tf.matMul(a, b, transposeA, transposeB), ...tf.grads(loss as never)([a, b])];
  });
  const values = tensors.map((tensor) => tensor.dataSync() as Float32Array);
  tf.dispose(tensors);
  return values;
}

test("equals the cpu backend for every shape and transposition", async () => {
  await fc.assert(
    fc.asyncProperty(products, async (product) => {
      await tf.setBackend("cpu");
      const expected = compute(product);
      await tf.setBackend("wasm");
      const received = compute(product);
      for (const [index, values] of expected.entries()) {
        const scale = Math.max(1, ...values.map(Math.abs));
        const errors = values.map((value, at) => Math.abs(value - (received[index]?.[at] ?? Number.NaN)) / scale);
        expect(Math.max(...errors)).toBeLessThan(1e-5);
      }
    }),
    { numRuns: 150, seed: 5 },
  );
});

test("frees its intermediate results", async () => {
  await tf.setBackend("wasm");
  const backend = tf.backend() as { numDataIds(): number };
  const before = backend.numDataIds();
  compute({ m: 20, k: 30, n: 10, leading: [1], transposeA: true, transposeB: true, seed: 3 });
  expect(backend.numDataIds()).toBe(before);
});
