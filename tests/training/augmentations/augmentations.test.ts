import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { stream } from "../../../src/random/stream.ts";
import { type Augmentation, composeAugmentations, flip, shift } from "../../../src/training/index.ts";
import { clouds } from "../toy-data.ts";
import { toyParams, toyTraining } from "../toy-training.ts";
import { loneTrial } from "../trial-context.ts";

const shapes = fc.tuple(
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 4 }),
  fc.integer({ min: 1, max: 3 }),
  fc.integer({ min: 1, max: 3 }),
);
const seeds = fc.integer({ min: 0, max: 1e6 });

/** Images whose every number is another one, from 1. */
function numbered(count: number, shape: readonly number[]): Float32Array {
  const size = shape.reduce((product, length) => product * length, 1);
  return Float32Array.from({ length: count * size }, (_, at) => at + 1);
}

function apply(
  augment: Augmentation,
  inputs: Float32Array,
  { shape, seed = 1 }: { shape: readonly number[]; seed?: number },
) {
  return augment({ inputs, shape, rng: stream(seed) });
}

describe("flip, by hand", () => {
  const image = Float32Array.of(1, 2, 3, 4, 5, 6);

  test("left and right, top and bottom; the channels of a pixel stay together", () => {
    const always = { probability: 1 };
    expect([...apply(flip(always), image, { shape: [2, 3, 1] })]).toEqual([3, 2, 1, 6, 5, 4]);
    expect([...apply(flip(always), image, { shape: [1, 3, 2] })]).toEqual([5, 6, 3, 4, 1, 2]);
    const vertical = flip({ ...always, direction: "vertical" });
    expect([...apply(vertical, image, { shape: [2, 3, 1] })]).toEqual([4, 5, 6, 1, 2, 3]);
    expect([...apply(vertical, image, { shape: [3, 1, 2] })]).toEqual([5, 6, 3, 4, 1, 2]);
  });

  test("of about half of the images, each for itself", () => {
    const flipped = apply(flip(), numbered(1000, [1, 2, 1]), { shape: [1, 2, 1] });
    const count = flipped.filter((value, at) => at % 2 === 0 && value === at + 2).length;
    expect(count).toBeGreaterThan(450);
    expect(count).toBeLessThan(550);
  });
});

describe("shift", () => {
  test("moves every image to one of the nine places around it, and each about as often", () => {
    const images = new Float32Array(9000 * 9);
    for (let image = 0; image < 9000; image++) images[image * 9 + 4] = 1;
    const moved = apply(shift({ pixels: 1 }), images, { shape: [3, 3, 1] });
    for (let place = 0; place < 9; place++) {
      const count = moved.filter((value, at) => at % 9 === place && value === 1).length;
      expect(count).toBeGreaterThan(900);
      expect(count).toBeLessThan(1100);
    }
  });

  test("keeps every pixel's neighbours, and fills what comes in", () => {
    fc.assert(
      fc.property(shapes, seeds, fc.integer({ min: 1, max: 5 }), ([height, width, channels, count], seed, pixels) => {
        const shape = [height, width, channels] as const;
        const inputs = numbered(count, shape);
        const moved = apply(shift({ pixels, fill: -1 }), inputs, { shape, seed });
        const size = height * width * channels;
        for (let image = 0; image < count; image++) {
          const own = moved.subarray(image * size, (image + 1) * size);
          const kept = [...own.keys()].filter((at) => own[at] !== -1);
          // What is still there came from its own image, all of it over the same distance.
          const distances = new Set(kept.map((at) => (own[at] ?? 0) - 1 - image * size - at));
          expect(distances.size).toBeLessThanOrEqual(1);
        }
      }),
      { seed: 1 },
    );
  });
});

describe("every augmentation", () => {
  const either = composeAugmentations(shift({ pixels: 1 }), flip(), flip({ direction: "vertical" }));

  test("is pure: the same stream gives the same, and what it received stays as it was", () => {
    fc.assert(
      fc.property(shapes, seeds, ([height, width, channels, count], seed) => {
        const shape = [height, width, channels] as const;
        const inputs = numbered(count, shape);
        const once = apply(either, inputs, { shape, seed });
        expect(once).toEqual(apply(either, inputs, { shape, seed }));
        expect(inputs).toEqual(numbered(count, shape));
        expect(once.length).toBe(inputs.length);
      }),
      { seed: 2 },
    );
  });

  test("flips lose nothing, and undo themselves", () => {
    fc.assert(
      fc.property(shapes, fc.constantFrom("horizontal" as const, "vertical" as const), (sizes, direction) => {
        const [height, width, channels, count] = sizes;
        const shape = [height, width, channels] as const;
        const always = flip({ direction, probability: 1 });
        const inputs = numbered(count, shape);
        expect(apply(composeAugmentations(always, always), inputs, { shape })).toEqual(inputs);
        expect(apply(always, inputs, { shape }).toSorted()).toEqual(inputs);
      }),
      { seed: 3 },
    );
  });

  test("refuses what it cannot do", () => {
    const message = "flip: expected images, received rows of shape [6]";
    expect(() => apply(flip(), numbered(1, [6]), { shape: [6] })).toThrow(
      expect.objectContaining({ code: "OPTION_INVALID", message }),
    );
    expect(() => shift({ pixels: 0.5 })).toThrow("shift: expected pixels to be 1, 2 ..., received 0.5");
    expect(() => shift({ pixels: 1, fill: Number.NaN })).toThrow("shift: expected fill to be a number, received NaN");
    expect(() => flip({ probability: 2 })).toThrow("flip: expected a probability in [0, 1], received 2");
    const diagonal = { direction: "diagonal" as never };
    expect(() => flip(diagonal)).toThrow('flip: expected "horizontal" or "vertical", received "diagonal"');
  });
});

test("a model and its augmentation see the shape of the images", async () => {
  const shapes: (readonly number[])[] = [];
  const data = () => ({ ...clouds(), shape: [1, 2, 1] as const });
  const objective = toyTraining({
    data,
    model(params, { outputs, inputs, shape, tf }) {
      const model = tf.sequential();
      model.add(tf.layers.reshape({ targetShape: [...shape], inputShape: [inputs] }));
      model.add(tf.layers.flatten());
      model.add(tf.layers.dense({ units: params.units, activation: "tanh" }));
      model.add(tf.layers.dense({ units: outputs }));
      shapes.push(shape);
      return model;
    },
    augment(batch) {
      shapes.push(batch.shape);
      return flip()(batch);
    },
  });
  await objective.evaluate(toyParams, loneTrial());
  expect(shapes.length).toBeGreaterThan(1);
  for (const shape of shapes) expect(shape).toEqual([1, 2, 1]);
});
