import type { Point } from "../../points.ts";
import type { Belief, Scored } from "../belief/belief.ts";

/** How many points are asked for their exact score at most. */
const MOST_SCORED = 40;

/**
 * The most promising points, best first. Points are scored in the order of a cheap upper bound, until that is below
 * what was found.
 *
 * @param count how many are wanted; a few more may come
 */
export function mostPromising(
  belief: Belief,
  candidates: readonly Point[],
  { count, isOpen }: { readonly count: number; readonly isOpen: (point: Point) => boolean },
): readonly Scored[] {
  const bounded = candidates
    .map((point) => ({ point, ceiling: belief.ceiling(point) }))
    .sort((left, right) => right.ceiling - left.ceiling);
  const found: Scored[] = [];
  const best: number[] = [];
  for (const { point, ceiling } of bounded) {
    if (found.length >= MOST_SCORED || (best.length === count && ceiling < (best[count - 1] ?? 0))) break;
    if (!isOpen(point)) continue;
    const score = belief.score(point);
    found.push({ point, score });
    best.push(score);
    best.sort((left, right) => right - left);
    if (best.length > count) best.pop();
  }
  return found.sort((left, right) => right.score - left.score);
}
