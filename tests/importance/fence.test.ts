import { expect, it } from "vitest";
import { withinFence } from "../../src/importance/fence.ts";

it("losses farther above the upper quartile than three times the distance of the quartiles are brought in", () => {
  // The quartiles are 1 and 3.
  expect([...withinFence(Float64Array.of(0, 1, 2, 3, 99))]).toEqual([0, 1, 2, 3, 9]);
  expect([...withinFence(Float64Array.of(-1e9, 1, 2, 3, 8))]).toEqual([-1e9, 1, 2, 3, 8]);
  const unknown = [Number.NaN, Number.POSITIVE_INFINITY];
  expect([...withinFence(Float64Array.of(...unknown, 0, 1, 2, 3, 99))]).toEqual([...unknown, 0, 1, 2, 3, 9]);
  expect([...withinFence(Float64Array.of(5, 5, 5, 5, 900))]).toEqual([5, 5, 5, 5, 900]);
});
