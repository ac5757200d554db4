/**
 * How unlikely counts are under given probabilities: the standardised chi-square statistic, about N(0, 1) when they
 * agree (Wilson and Hilferty 1931). Cells that expect fewer than 5 are taken together.
 */
export function chiSquareScore(counts: readonly number[], probabilities: readonly number[]): number {
  const draws = counts.reduce((sum, count) => sum + count, 0);
  let rare = { count: 0, expected: 0 };
  let statistic = 0;
  let cells = 0;
  counts.forEach((count, cell) => {
    const expected = draws * (probabilities[cell] ?? 0);
    if (expected < 5) rare = { count: rare.count + count, expected: rare.expected + expected };
    else {
      statistic += (count - expected) ** 2 / expected;
      cells++;
    }
  });
  if (rare.expected >= 1) {
    statistic += (rare.count - rare.expected) ** 2 / rare.expected;
    cells++;
  } else if (rare.count > 10) return Number.POSITIVE_INFINITY;
  const freedom = cells - 1;
  if (freedom < 1) return 0;
  const spread = 2 / (9 * freedom);
  return (Math.cbrt(statistic / freedom) - (1 - spread)) / Math.sqrt(spread);
}
