/** Never are more trials than this modelled as good. */
const MOST_BELOW = 25;

/** How many of n trials are modelled as good. */
export function countBelow(n: number, gamma: number): number {
  return Math.min(Math.ceil(gamma * Math.sqrt(n)), MOST_BELOW);
}
