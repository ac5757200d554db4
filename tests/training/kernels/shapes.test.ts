import type { Tensor, Tensor4D } from "@tensorflow/tfjs-core";
import fc from "fast-check";
import { beforeAll, expect, test } from "vitest";
import type { TensorFlow } from "../../../src/training/index.ts";
import { expectSameOnBoth, loadBoth } from "./both-backends.ts";
import { type Computation, computeOn, differenceOf, gradients, normal } from "./gradients/computation.ts";

let tf: TensorFlow;

beforeAll(async () => {
  tf = await loadBoth();
});

const upTo = (max: number) => fc.integer({ min: 1, max });
const pair = (max: number) => fc.tuple(upTo(max), upTo(max));
const padding = fc.oneof(
  fc.constantFrom("same" as const, "valid" as const),
  fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 4, maxLength: 4 }).map(([top, bottom, left, right]) => {
    const explicit: Sides = [
      [0, 0],
      [top!, bottom!],
      [left!, right!],
      [0, 0],
    ];
    return explicit;
  }),
);
type Sides = [[number, number], [number, number], [number, number], [number, number]];

/** Windows that slide over images. Each filter is as large as the image at most, so that one fits without padding. */
const sliding = fc
  .record({ batch: upTo(3), image: pair(9), channels: upTo(4), filter: pair(5), strides: pair(3), pad: padding })
  .map(({ filter, ...rest }) => ({
    ...rest,
    filter: [Math.min(filter[0], rest.image[0]), Math.min(filter[1], rest.image[1])] as const,
  }));

/** Those of which every one holds more than padding: others have no maximum and no mean. */
const pools = sliding.filter(
  ({ pad, filter }) =>
    typeof pad === "string" || [1, 2].every((axis) => Math.max(...(pad[axis] ?? [])) < (filter[axis - 1] ?? 0)),
);

/** Both backends agree on what is computed for every shape. */
async function expectSame<Shape>(
  shapes: fc.Arbitrary<Shape>,
  compute: (shape: Shape) => ReturnType<Computation["compute"]>,
) {
  const run = fc.asyncProperty(shapes, (shape) => expectSameOnBoth(tf, () => compute(shape)));
  await fc.assert(run, { numRuns: 60, seed: 7 });
}

test("conv2d: output and both gradients", async () => {
  await expectSame(fc.tuple(sliding, upTo(9)), ([{ batch, image, channels, filter, strides, pad }, filters]) => {
    const inputs = [normal(tf, [batch, ...image, channels], 1), normal(tf, [...filter, channels, filters], 2)];
    const convolve = (...[x, w]: Tensor[]) => tf.conv2d(x as Tensor4D, w as Tensor4D, strides, pad);
    return [convolve(...inputs), ...gradients(tf, convolve, inputs)];
  });
});

test("depthwise conv2d: both gradients", async () => {
  await expectSame(fc.tuple(sliding, upTo(3)), ([{ batch, image, channels, filter, strides, pad }, multiplier]) => {
    const inputs = [normal(tf, [batch, ...image, channels], 1), normal(tf, [...filter, channels, multiplier], 2)];
    return gradients(tf, (x, w) => tf.depthwiseConv2d(x as Tensor4D, w as Tensor4D, strides, pad), inputs);
  });
});

test("max pooling, of values that are equal here and there", async () => {
  await expectSame(pools, ({ batch, image, channels, filter, strides, pad }) => {
    const x = tf.round(normal(tf, [batch, ...image, channels], 1));
    return gradients(tf, (given) => tf.maxPool(given as Tensor4D, [...filter], strides, pad), [x]);
  });
});

test("average pooling, against sums over windows divided by what they hold", async () => {
  const run = fc.asyncProperty(pools, async ({ batch, image, channels, filter, strides, pad }) => {
    const x = normal(tf, [batch, ...image, channels], 1);
    const ones = tf.ones([...filter, channels, 1]) as Tensor4D;
    const sums = (of: Tensor) => tf.depthwiseConv2d(of as Tensor4D, ones, strides, pad);
    const average = (given: Tensor) => tf.div(sums(given), sums(tf.onesLike(given)));
    const pooled = (given: Tensor) => tf.avgPool(given as Tensor4D, [...filter], strides, pad);
    const [received, expected] = [pooled, average].map(
      (f) => () => gradients(tf, f as (...x: Tensor[]) => Tensor, [x]),
    );
    const [values] = await computeOn(tf, "wasm", received!);
    expect(differenceOf((await computeOn(tf, "wasm", expected!))[0]!, values!)).toBeLessThan(1e-5);
  });
  await fc.assert(run, { numRuns: 60, seed: 7 });
});

test("tile", async () => {
  const axes = fc.array(fc.tuple(upTo(4), fc.integer({ min: 0, max: 4 })), { minLength: 1, maxLength: 4 });
  await expectSame(axes, (sizes) => {
    const x = normal(
      tf,
      sizes.map(([size]) => size),
      1,
    );
    return [
      tf.tile(
        x,
        sizes.map(([, times]) => times),
      ),
    ];
  });
});

test("sums of segments", async () => {
  const rows = fc.array(fc.integer({ min: -1, max: 5 }), { minLength: 1, maxLength: 8 });
  await expectSame(fc.tuple(rows, upTo(4), upTo(5)), ([segments, columns, count]) => {
    const x = normal(tf, [segments.length, columns], 1);
    return [tf.unsortedSegmentSum(x, tf.tensor1d(segments, "int32"), count)];
  });
});
