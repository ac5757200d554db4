/**
 * What rounding to 15 digits, and that of a bound or of `q` itself, may change, relative to the value: 0.3 / 0.1 is a
 * little under 3.
 */
const LAST_BITS = 1e-14;

/** So many multiples from 0 on are told apart by 15 digits and by {@link LAST_BITS}, with room to spare. */
export const MOST_STEPS = 1e13;

/** The smallest integer k with k·q >= low, up to the last bits. */
export function firstMultiple(low: number, q: number): number {
  const first = wholeSteps(low / q) ?? Math.ceil(low / q);
  return low > 0 ? Math.max(1, first) : first; // a bound may be too small beside q for a quotient
}

/** The largest integer k with k·q <= high, up to the last bits. */
export function lastMultiple(high: number, q: number): number {
  const last = wholeSteps(high / q) ?? Math.floor(high / q);
  return high < 0 ? Math.min(-1, last) : last; // as above
}

/** The integer that `steps` is but for its last bits, else null; 0 is near nothing else. */
function wholeSteps(steps: number): number | null {
  const nearest = Math.round(steps);
  return Math.abs(steps - nearest) <= LAST_BITS * Math.abs(steps) ? nearest : null;
}

/** k·q without the noise of its last bits (3 · 0.1 is 0.3), held inside the bounds. */
export function multiple(
  k: number,
  q: number,
  low: number = Number.NEGATIVE_INFINITY,
  high: number = Number.POSITIVE_INFINITY,
): number {
  const product = k * q;
  const value = isShort(product) ? product : Number(product.toPrecision(15));
  return Math.min(high, Math.max(low, value)) + 0; // + 0 turns -0 into 0
}

/** Whether it is a whole number or a half whose digits are at most 15: rounding would be slow, and change nothing. */
function isShort(value: number): boolean {
  return Number.isInteger(2 * value) && Math.abs(value) < 1e14;
}

/** Whether `value` is a multiple of `q`, up to the rounding of its last bits. */
export function isMultiple(value: number, q: number): boolean {
  return Math.abs(value - Math.round(value / q) * q) <= LAST_BITS * Math.abs(value);
}
