import { ascending } from "../numerics/order.ts";

/** Beyond the upper quartile, in distances of the quartiles: what lies farther is "far out". */
const FAR_OUT = 3;

/**
 * Beyond which losses are far out; infinite where half of them are the same.
 *
 * @param losses finite
 * @source Tukey 1977, "Exploratory data analysis", chapter 2
 */
export function fenceOf(losses: Float64Array): number {
  const order = ascending(losses);
  const quartile = (part: number): number => losses[order[Math.floor(part * (losses.length - 1))] ?? 0] ?? 0;
  const distance = quartile(0.75) - quartile(0.25);
  return distance > 0 ? quartile(0.75) + FAR_OUT * distance : Number.POSITIVE_INFINITY;
}

/**
 * Losses that are far out brought in to the fence, so that a few that diverged do not stand for all others.
 *
 * @param losses what is not finite stays
 */
export function withinFence(losses: Float64Array): Float64Array {
  const fence = fenceOf(losses.filter(Number.isFinite));
  return losses.map((loss) => (Number.isFinite(loss) ? Math.min(loss, fence) : loss));
}
