/** Least width of a kernel, as a share of the range. */
const LEAST_WIDTH = 0.03;

/** Where the space's own kernel stands, and its width. */
export const PRIOR_PLACE = 0.5;
export const PRIOR_WIDTH = 1;

/**
 * How wide the kernels of one dimension are: as the larger gap to a neighbour, where the ends of the range and the
 * space's own kernel are neighbours too.
 *
 * @param places by trial, in [0, 1]; NaN where the dimension was not active
 * @returns by trial; 0 where it was not active
 * @source Bergstra et al. 2011 (NeurIPS 24), section 4; the least width: Watanabe 2023 (arXiv 2304.11127)
 */
export function kernelWidths(places: Float64Array): Float64Array {
  const widths = new Float64Array(places.length);
  const order = Array.from(places.keys()).filter((trial) => !Number.isNaN(places[trial]));
  const at = (trial: number): number => places[trial] as number; // an index of `places`
  order.sort((left, right) => at(left) - at(right));
  const least = leastWidth(order.length);
  let left = 0;
  order.forEach((trial, rank) => {
    const place = at(trial);
    const next = order[rank + 1];
    let right = next === undefined ? 1 : at(next);
    if (left < PRIOR_PLACE && PRIOR_PLACE <= place) left = PRIOR_PLACE;
    if (place < PRIOR_PLACE && PRIOR_PLACE < right) right = PRIOR_PLACE;
    widths[trial] = Math.min(PRIOR_WIDTH, Math.max(least, place - left, right - place));
    left = place;
  });
  return widths;
}

/** The least width of any of `n` kernels. */
export function leastWidth(n: number): number {
  return Math.max(LEAST_WIDTH, (n + 2) ** -2);
}
