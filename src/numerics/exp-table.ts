/** Largest argument of `expNegative`; exp(-50) is 2e-22. */
export const EXP_RANGE = 50;

const STEPS_PER_UNIT = 64;

const TABLE: Float64Array = Float64Array.from({ length: EXP_RANGE * STEPS_PER_UNIT + 1 }, (_, k) =>
  Math.exp(-k / STEPS_PER_UNIT),
);

/**
 * exp(-x) for x in [0, 50], by table and a polynomial of degree 4. Several times faster than Math.exp in a hot loop,
 * because it is inlined there.
 *
 * @returns relative error below 1e-12; NaN above the range
 */
export function expNegative(x: number): number {
  const k = (x * STEPS_PER_UNIT + 0.5) | 0;
  const r = k / STEPS_PER_UNIT - x;
  return (TABLE[k] as number) * (1 + r * (1 + r * (1 / 2 + r * (1 / 6 + r * (1 / 24))))); // k is in the table for x in range
}
