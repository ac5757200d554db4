import type { Tensor } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { TensorFlow } from "../../../src/training/index.ts";
import { expectSameOnBoth, loadBoth } from "./both-backends.ts";
import { gradients, normal } from "./gradients/computation.ts";

let tf: TensorFlow;

beforeAll(async () => {
  tf = await loadBoth();
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

/** The product and its two gradients. */
function compute({ m, k, n, leading, transposeA, transposeB, seed }: Product): readonly Tensor[] {
  const a = normal(tf, [...leading, ...(transposeA ? [k, m] : [m, k])], seed);
  const b = normal(tf, [...leading, ...(transposeB ? [n, k] : [k, n])], seed + 1);
  const product = (x: Tensor, y: Tensor) => tf.matMul(x, y, transposeA, transposeB);
  return [product(a, b), ...gradients(tf, product as (...inputs: Tensor[]) => Tensor, [a, b])];
}

test("equals the cpu backend for every shape and transposition", async () => {
  const run = fc.asyncProperty(products, (product) => expectSameOnBoth(tf, () => compute(product)));
  await fc.assert(run, { numRuns: 100, seed: 5 });
});

test("frees its intermediate results", async () => {
  await tf.setBackend("wasm");
  const backend = tf.backend() as { numDataIds(): number };
  const before = backend.numDataIds();
  tf.tidy(() => void compute({ m: 20, k: 30, n: 10, leading: [1], transposeA: true, transposeB: true, seed: 3 }));
  expect(backend.numDataIds()).toBe(before);
});
