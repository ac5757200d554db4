import { ascending } from "../numerics/order.ts";

/** Beyond the upper quartile, in distances of the quartiles: what lies farther is "far out". */
const FAR_OUT = 3;

/**
 * Losses that are far out brought in to the fence, so that a few that diverged do not stand for all others.
 *
 * @param losses what is not finite stays
 * @source Tukey 1977, "Exploratory data analysis", chapter 2
 */
export function withinFence(losses: Float64Array): Float64Array {
  const known = losses.filter(Number.isFinite);
  const order = ascending(known);
  const quartile = (part: number): number => known[order[Math.floor(part * (known.length - 1))] ?? 0] ?? 0;
  const distance = quartile(0.75) - quartile(0.25);
  if (!(distance > 0)) return losses;
  const fence = quartile(0.75) + FAR_OUT * distance;
  return losses.map((loss) => (Number.isFinite(loss) ? Math.min(loss, fence) : loss));
}
