import { expect, test } from "vitest";
import { distort } from "../../search-spaces/data/distort.ts";
import { stream } from "../../src/random/stream.ts";

const SHAPE = [8, 8, 1];

/** Two images: the pixel in row 3, column 4 has ink 16; every pixel has its own. */
const images = Float32Array.from({ length: 128 }, (_, at) => (at < 64 ? (at === 28 ? 16 : 0) : (at * 7) % 17));

/** Draws what it is given, over and over. The order is: angle, height, width, slant, right, down. */
const scripted = (draws: readonly number[]) => {
  let at = 0;
  return { ...stream(1, "augmentation"), next: () => draws[at++ % draws.length] ?? Number.NaN };
};

const distorted = (draws: readonly number[]) => distort({ inputs: images, shape: SHAPE, rng: scripted(draws) });

test("draws in the middle of their ranges leave images as they are", () => {
  expect(distorted([0.5])).toEqual(images);
});

test("an image moves by up to a pixel, and what comes in is empty", () => {
  const moved = distorted([0.5, 0.5, 0.5, 0.5, 1, 0]);
  expect(moved.indexOf(16)).toBe(28 + 1 - 8);
  const [second, own] = [moved.subarray(64), images.subarray(64)];
  expect([...second]).toEqual(Array.from({ length: 64 }, (_, at) => (at % 8 === 0 || at >= 56 ? 0 : own[at - 1 + 8])));
});

test("half a pixel shares the ink among neighbours", () => {
  const halfway = distorted([0.5, 0.5, 0.5, 0.5, 0.75, 0.5]).subarray(0, 64);
  expect([halfway[28], halfway[29]]).toEqual([8, 8]);
});

test("every image gets a change of its own, the same for the same seed", () => {
  const twice = Float32Array.from([...images.subarray(64), ...images.subarray(64)]);
  const of = (seed: number) => distort({ inputs: twice, shape: SHAPE, rng: stream(seed, "augmentation") });
  expect(of(1)).toEqual(of(1));
  expect(of(1)).not.toEqual(of(2));
  expect(of(1).subarray(0, 64)).not.toEqual(of(1).subarray(64));
});
