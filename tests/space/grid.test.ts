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

  it("leaves out 0 below or above a bound that is next to nothing beside the step", () => {
    expect(gridOf(1e-293, 1e39, 1e39)).toEqual([1e39]);
    expect(gridOf(-1e39, -1e-293, 1e39)).toEqual([-1e39]);
    expect(gridOf(1e-293, 1e-290, 1e39)).toEqual([]);
  });

  it("has whole numbers and halves as rounding to 15 digits leaves them", () => {
    const halves = fc.oneof(fc.integer(), fc.maxSafeInteger()).map((whole) => whole / 2);
    fc.assert(
      fc.property(fc.oneof(halves, fc.double({ noNaN: true })), (value) => {
        expect(multiple(value, 1)).toBe(Number(value.toPrecision(15)) + 0);
      }),
    );
    for (const value of [99_999_999_999_999.5, 100_000_000_000_000.5, 999_999_999_999_999.5]) {
      expect(multiple(2 * value, 0.5)).toBe(Number(value.toPrecision(15)));
    }
  });

  it("has no negative zero", () => {
    expect(Object.is(multiple(-0, 0.1), 0)).toBe(true);
    expect(Object.is(multiple(Math.round(-0.2), 1), 0)).toBe(true);
  });
});

describe("bounds written as decimals", () => {
  const decimal = (units: bigint, places: number): number => Number(`${units}e-${places}`);
  const gridsUpTo = (most: bigint) =>
    fc.record({
      first: fc.oneof(fc.bigInt(-1000n, 1000n), fc.bigInt(-most, most)),
      count: fc.bigInt(1n, 1000n),
      step: fc.bigInt(1n, 99n),
      places: fc.integer({ min: 0, max: 12 }),
    });

  it("are both on the grid where they are multiples, near 0 and far from it", () => {
    fc.assert(
      fc.property(gridsUpTo(10n ** 12n), ({ first, count, step, places }) => {
        const [low, high, q] = [first * step, (first + count) * step, step].map((units) => decimal(units, places));
        expect([firstMultiple(low!, q!), lastMultiple(high!, q!)]).toEqual([Number(first), Number(first + count)]);
        expect(multiple(Number(first), q!)).toBe(low! + 0);
        expect(isMultiple(low!, q!)).toBe(true);
      }),
    );
  });

  it("are not where they lie between two, however near to one", () => {
    fc.assert(
      fc.property(gridsUpTo(10n ** 8n), fc.integer({ min: 1, max: 3 }), ({ first, step, places }, finer) => {
        const q = decimal(step, places);
        const unit = 10n ** BigInt(finer);
        const [below, above] = [-1n, 1n].map((by) => decimal(first * step * unit + by, places + finer));
        expect([firstMultiple(above!, q) + 0, lastMultiple(below!, q) + 0]).toEqual([
          Number(first) + 1,
          Number(first) - 1,
        ]);
        expect([isMultiple(below!, q), isMultiple(above!, q)]).toEqual([false, false]);
      }),
    );
  });

  it("a low one above 0 leaves 0 out, however small", () => {
    expect(firstMultiple(1e-10, 0.5)).toBe(1);
    expect(lastMultiple(-1e-10, 0.5)).toBe(-1);
    expect(isMultiple(1e-10, 0.5)).toBe(false);
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
