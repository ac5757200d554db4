/** Never are more trials than this modelled as good. */
const MOST_BELOW = 25;

/** How many of n trials are modelled as good. */
export function countBelow(n: number, gamma: number): number {
  return Math.min(Math.ceil(gamma * Math.sqrt(n)), MOST_BELOW);
}

/** Indices of the `count` lowest losses, ascending by loss; the earlier of equal ones first. No loss is NaN. */
export function lowest(losses: ArrayLike<number>, count: number): number[] {
  const best: number[] = [];
  const lossAt = (place: number): number => losses[best[place] ?? -1] ?? Number.POSITIVE_INFINITY;
  for (let index = 0; index < losses.length; index++) {
    const loss = losses[index] ?? Number.POSITIVE_INFINITY;
    if (best.length === count && !(loss < lossAt(count - 1))) continue;
    let place = best.length;
    while (place > 0 && loss < lossAt(place - 1)) place--;
    best.splice(place, 0, index);
    if (best.length > count) best.pop();
  }
  return best;
}
