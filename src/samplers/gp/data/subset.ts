import { ascending } from "../../../numerics/order.ts";

/**
 * Indices of all values, or of half as many of the least as allowed and as many evenly from the others.
 *
 * @param values NaN is taken for the greatest
 * @returns ascending
 */
export function bestAndSpread(values: Float64Array, most: number): number[] {
  if (values.length <= most) return Array.from(values, (_, index) => index);
  const order = ascending(values.map((value) => (Number.isNaN(value) ? Number.POSITIVE_INFINITY : value)));
  const best = most >> 1;
  const step = (values.length - best) / (most - best);
  const chosen = Array.from({ length: most }, (_, place) => {
    const rank = place < best ? place : best + Math.floor((place - best) * step);
    return order[rank] ?? 0;
  });
  return chosen.sort((left, right) => left - right);
}
