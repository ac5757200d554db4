/**
 * How far two orders agree: Spearman's rank correlation, in which equal values share their mean rank.
 *
 * @param ys one for each of `xs`; neither holds NaN
 * @returns from -1 to 1; 0 where one side is constant or has fewer than two values
 * @source Spearman 1904, "The proof and measurement of association between two things" (Am. J. Psychol. 15)
 */
export function rankCorrelation(xs: Float64Array, ys: Float64Array): number {
  const [left, right] = [ranksOf(xs), ranksOf(ys)];
  const mean = (xs.length - 1) / 2;
  let [both, first, second] = [0, 0, 0];
  for (let index = 0; index < left.length; index++) {
    const x = (left[index] ?? 0) - mean;
    const y = (right[index] ?? 0) - mean;
    both += x * y;
    first += x * x;
    second += y * y;
  }
  return both === 0 ? 0 : both / Math.sqrt(first * second);
}

/** How many standard errors a rank correlation has to be above that of chance, to be believed. */
const LEAST_EVIDENCE = 2;

/** Whether two orders agree more than by chance, whose rank correlations deviate by 1 / √(n - 1). */
export function agrees(xs: Float64Array, ys: Float64Array): boolean {
  return rankCorrelation(xs, ys) * Math.sqrt(xs.length - 1) >= LEAST_EVIDENCE;
}

/** From 0. */
function ranksOf(values: Float64Array): Float64Array {
  const [first, last] = [new Map<number, number>(), new Map<number, number>()];
  values
    .slice()
    .sort()
    .forEach((value, rank) => {
      if (!first.has(value)) first.set(value, rank);
      last.set(value, rank);
    });
  return values.map((value) => ((first.get(value) ?? 0) + (last.get(value) ?? 0)) / 2);
}
