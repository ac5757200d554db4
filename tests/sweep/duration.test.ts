import { expect, it } from "vitest";
import { parseDuration } from "../../src/sweep/duration.ts";

it.each<readonly [unknown, number | null]>([
  [90, 90_000],
  [0.5, 500],
  ["90", 90_000],
  ["90s", 90_000],
  ["250ms", 250],
  [" 10m ", 600_000],
  ["1.5h", 5_400_000],
  ["2h", 7_200_000],
  ["1d", 86_400_000],
  ["1h30m", 5_400_000],
  ["1h 30m", 5_400_000],
  [0, null],
  [-1, null],
  [Number.NaN, null],
  [Number.POSITIVE_INFINITY, null],
  ["25d", 2_160_000_000],
  [1e12, 1e15],
  [1e13, null],
  ["999999999999d", null],
  ["9".repeat(400), null],
  [`${"9".repeat(400)}d`, null],
  ["", null],
  ["0s", null],
  ["-1s", null],
  ["10 minutes", null],
  ["1w", null],
  ["m", null],
  ["1s2", null],
  [null, null],
  [true, null],
])("%j is %j ms", (value, ms) => {
  expect(parseDuration(value)).toBe(ms);
});
