import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { firstMultiple, isMultiple, lastMultiple, multiple } from "../../src/space/grid.ts";

const gridOf = (low: number, high: number, q: number): readonly number[] => {
  const first = firstMultiple(low, q);
  return Array.from({ length: lastMultiple(high, q) - first + 1 }, (_, index) => multiple(first + index, q, low, high));
};

describe("a grid of tenths", () => {
  it("has the eleven values that a person would write", () => {
    expect(gridOf(0, 1, 0.1)).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1]);
    expect(gridOf(-0.3, 0.3, 0.1)).toEqual([-0.3, -0.2, -0.1, 0, 0.1, 0.2, 0.3]);
  });

  it("takes both bounds although 0.3 / 0.1 is below 3 and 0.7 / 0.1 too", () => {
    expect(gridOf(0.3, 0.7, 0.1)).toEqual([0.3, 0.4, 0.5, 0.6, 0.7]);
  });

  it("leaves out bounds that are no multiples", () => {
    expect(gridOf(0.15, 0.45, 0.1)).toEqual([0.2, 0.3, 0.4]);
  });

  it("has no negative zero", () => {
    expect(Object.is(multiple(-0, 0.1), 0)).toBe(true);
    expect(Object.is(multiple(Math.round(-0.2), 1), 0)).toBe(true);
  });
});

it("far from 0 too, a value between two multiples is none", () => {
  expect(isMultiple(1e9, 0.1)).toBe(true);
  expect(isMultiple(1e9 + 0.05, 0.1)).toBe(false);
});

it("every multiple is one, and nothing between two is", () => {
  fc.assert(
    fc.property(
      fc.integer({ min: -10_000, max: 10_000 }),
      fc.constantFrom(0.1, 0.05, 0.3, 1 / 3, 1, 7, 1e-6, 1e6),
      (k, q) => {
        expect(isMultiple(multiple(k, q), q)).toBe(true);
        expect(isMultiple(multiple(k, q) + q / 2, q)).toBe(false);
      },
    ),
  );
});
