/** By param, in the order of the task's parameters. */
export type Shares = readonly number[];

/** The part that would have to move from some params to others for one to become the other: from 0 to 1. */
export function distanceOf(one: Shares, other: Shares): number {
  const [left, right] = [normalized(one), normalized(other)];
  return left.reduce((sum, share, param) => sum + Math.abs(share - (right[param] ?? 0)), 0) / 2;
}

function normalized(shares: Shares): Shares {
  const sum = shares.reduce((total, share) => total + share, 0);
  return shares.map((share) => (sum > 0 ? share / sum : 1 / shares.length));
}
