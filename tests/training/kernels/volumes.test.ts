import type { Tensor, Tensor5D } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { loadBackend, type TensorFlow } from "../../../src/training/index.ts";
import { differenceOf, normal } from "./gradients/computation.ts";

let tf: TensorFlow;

beforeAll(async () => {
  tf = (await loadBackend({ prefer: "wasm" })).tf;
});

type Sizes = readonly [depth: number, height: number, width: number];

interface Pool {
  readonly batch: number;
  readonly image: Sizes;
  readonly channels: number;
  readonly filter: Sizes;
  readonly strides: Sizes;
  readonly pad: "same" | "valid";
}

const upTo = (max: number) => fc.integer({ min: 1, max });
const sizes = (max: number) => fc.tuple(upTo(max), upTo(max), upTo(max));
const pools: fc.Arbitrary<Pool> = fc
  .record({
    batch: upTo(2),
    image: sizes(5),
    channels: upTo(3),
    filter: sizes(3),
    strides: sizes(3),
    pad: fc.constantFrom("same" as const, "valid" as const),
  })
  .map((pool) => ({ ...pool, filter: pool.filter.map((size, axis) => Math.min(size, pool.image[axis]!)) as never }));

/** Where the windows along one axis lie inside the image. TensorFlow.js begins beyond its edge where strides leave a gap. */
function windows({ image, filter, strides, pad }: Pool, axis: number): readonly (readonly number[])[] {
  const [length, size, stride] = [image[axis]!, filter[axis]!, strides[axis]!];
  const count = pad === "same" ? Math.ceil(length / stride) : Math.floor((length - size) / stride) + 1;
  const before = pad === "same" ? Math.floor(((count - 1) * stride + size - length) / 2) : 0;
  return Array.from({ length: count }, (_, window) =>
    Array.from({ length: size }, (_, at) => window * stride - before + at).filter((at) => at >= 0 && at < length),
  );
}

/** Output and gradient by definition: `share` says what part of a window's own goes to each of its values. */
function byDefinition(
  pool: Pool,
  { x, dy }: { readonly x: ArrayLike<number>; readonly dy: ArrayLike<number> },
  share: (values: readonly number[]) => readonly number[],
): readonly (readonly number[])[] {
  const [depths, rows, columns] = [0, 1, 2].map((axis) => windows(pool, axis)) as [number[][], number[][], number[][]];
  const [, height, width] = pool.image;
  const [y, dx] = [Array.from(dy, () => 0), Array.from(x, () => 0)];
  let out = 0;
  for (let image = 0; image < pool.batch; image++)
    for (const planes of depths)
      for (const lines of rows)
        for (const places of columns)
          for (let channel = 0; channel < pool.channels; channel++, out++) {
            const within = planes.flatMap((plane) =>
              lines.flatMap((line) =>
                places.map(
                  (place) =>
                    (((image * pool.image[0] + plane) * height + line) * width + place) * pool.channels + channel,
                ),
              ),
            );
            for (const [at, part] of share(within.map((index) => x[index]!)).entries()) {
              y[out] = y[out]! + part * x[within[at]!]!;
              dx[within[at]!] = dx[within[at]!]! + part * dy[out]!;
            }
          }
  return [y, dx];
}

const KINDS = {
  max: {
    pool: (x: Tensor, { filter, strides, pad }: Pool) =>
      tf.maxPool3d(x as Tensor5D, [...filter], [...strides], pad) as Tensor,
    share: (values: readonly number[]) => {
      const first = values.indexOf(Math.max(...values));
      return values.map((_, at) => (at === first ? 1 : 0));
    },
  },
  average: {
    pool: (x: Tensor, { filter, strides, pad }: Pool) =>
      tf.avgPool3d(x as Tensor5D, [...filter], [...strides], pad) as Tensor,
    share: (values: readonly number[]) => values.map(() => 1 / values.length),
  },
} as const;

describe.each(Object.entries(KINDS))("%s pooling in 3D and its gradient are as defined", (_kind, one) => {
  test("in every shape, of values above zero and below", async () => {
    const run = fc.asyncProperty(pools, fc.constantFrom(-9, 0, 9), async (pool, offset) => {
      const shape = [pool.batch, ...pool.image, pool.channels];
      const x = tf.tidy(() => tf.add(normal(tf, shape, 1), offset));
      const y = tf.tidy(() => one.pool(x, pool));
      const dy = tf.tidy(() => normal(tf, y.shape, 2));
      const dx = tf.tidy(() => tf.grad((given) => one.pool(given, pool))(x, dy));
      const expected = byDefinition(pool, { x: await x.data(), dy: await dy.data() }, one.share);
      for (const [at, received] of [y, dx].entries())
        expect(differenceOf(expected[at]!, Array.from(await received.data())), `result ${at}`).toBeLessThan(1e-5);
      tf.dispose([x, y, dy, dx]);
    });
    await fc.assert(run, { numRuns: 100, seed: 7 });
  });
});

test("the maximum of a window that holds NaN is NaN, so that a training that diverges is seen to", () => {
  const maxima = tf.tidy(() => {
    const image = tf.tensor5d([1, Number.NaN, 3, 4, -2, -1, -4, -3], [1, 1, 1, 8, 1]);
    return [...tf.maxPool3d(image, [1, 1, 2], [1, 1, 2], "valid").dataSync()];
  });
  expect(maxima).toEqual([Number.NaN, 4, -1, -3]);
});
