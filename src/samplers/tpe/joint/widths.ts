/** Least width of a kernel, as a share of the range. */
const LEAST_WIDTH = 0.03;

/** Where the space's own kernel stands. */
export const PRIOR_PLACE = 0.5;

/** Bins narrower than the least width: neighbours in one of them are too near to matter. */
const BINS = 64;

/**
 * How wide the kernels of one dimension are: as the larger gap to a neighbour, where the ends of the range and the
 * space's own kernel are neighbours too. Of several at one place, the first has the gap below, the last that above.
 *
 * It takes no sorting, as only gaps above the least width matter.
 *
 * @param places by trial, in [0, 1]; NaN where the dimension was not active
 * @param most the width of the space's own kernel; no other is wider
 * @returns by trial; 0 where it was not active
 * @source Bergstra et al. 2011 (NeurIPS 24), section 4; the least width: Watanabe 2023 (arXiv 2304.11127)
 */
export function kernelWidths(places: Float64Array, most: number): Float64Array {
  const { lowest, highest, active } = binsOf(places);
  const least = Math.max(LEAST_WIDTH, (active + 2) ** -2);
  const widths = places.map((place) => (Number.isNaN(place) ? 0 : least));
  const widen = (trial: number, gap: number): void => {
    const width = widths[trial];
    if (width !== undefined) widths[trial] = Math.min(most, Math.max(width, gap));
  };
  let below = 0;
  let last = -1;
  for (let bin = 0; bin < BINS; bin++) {
    const low = lowest[bin] as number; // a bin, as below
    const high = highest[bin] as number;
    if (low < 0) continue;
    const lowPlace = placeOf(places, low);
    widen(low, lowPlace - below);
    widen(last, lowPlace - below);
    below = placeOf(places, high);
    last = high;
  }
  widen(last, 1 - below);
  return widths;
}

/** The space's own kernel comes behind all trials. */
function placeOf(places: Float64Array, trial: number): number {
  return places[trial] ?? PRIOR_PLACE;
}

interface Bins {
  /** By bin: the first trial of the lowest place, and the last one of the highest; -1 where it is empty. */
  readonly lowest: Int32Array;
  readonly highest: Int32Array;
  /** How many places there are. */
  readonly active: number;
}

function binsOf(places: Float64Array): Bins {
  const lowest = new Int32Array(BINS).fill(-1);
  const highest = new Int32Array(BINS).fill(-1);
  let active = 0;
  for (let trial = 0; trial <= places.length; trial++) {
    const place = placeOf(places, trial);
    if (Number.isNaN(place)) continue;
    if (trial < places.length) active++;
    const bin = Math.min(BINS - 1, Math.floor(place * BINS));
    const low = lowest[bin] as number; // a bin
    const high = highest[bin] as number;
    if (low < 0 || place < placeOf(places, low)) lowest[bin] = trial;
    if (high < 0 || place >= placeOf(places, high)) highest[bin] = trial;
  }
  return { lowest, highest, active };
}
