/** Slack for the rounding of `low / q`: 0.3 / 0.1 is a little under 3. */
const SLACK = 1e-9;

/** What rounding to 15 digits may change, relative to the value. */
const LAST_BITS = 1e-14;

/** The smallest integer k with k·q >= low. */
export function firstMultiple(low: number, q: number): number {
  return Math.ceil(low / q - SLACK);
}

/** The largest integer k with k·q <= high. */
export function lastMultiple(high: number, q: number): number {
  return Math.floor(high / q + SLACK);
}

/** k·q without the noise of its last bits (3 · 0.1 is 0.3), held inside the bounds. */
export function multiple(
  k: number,
  q: number,
  low: number = Number.NEGATIVE_INFINITY,
  high: number = Number.POSITIVE_INFINITY,
): number {
  const value = Number((k * q).toPrecision(15));
  return Math.min(high, Math.max(low, value)) + 0; // + 0 turns -0 into 0
}

/** Whether `value` is a multiple of `q`, up to the rounding of its last bits. */
export function isMultiple(value: number, q: number): boolean {
  return Math.abs(value - Math.round(value / q) * q) <= SLACK * q + LAST_BITS * Math.abs(value);
}
