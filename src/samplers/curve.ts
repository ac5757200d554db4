import { lowerBound } from "../numerics/lower-bound.ts";

/**
 * A line through points that never falls: where a point is lower than one before it, both share their mean. Beyond the
 * last point it goes on as steeply as it rose on the whole; before the first it is level.
 *
 * @source the means are isotonic regression by pool-adjacent-violators, Ayer et al. 1955 (Ann. Math. Stat. 26)
 */
export class Curve {
  readonly #xs: Float64Array;
  readonly #ys: Float64Array;
  readonly #slope: number;

  /** @param ys by point, as `xs`; at least one, finite, in any order */
  constructor(xs: Float64Array, ys: Float64Array) {
    const sorted = sortedPoints(xs, ys);
    this.#xs = sorted.xs;
    this.#ys = rising(sorted.ys);
    const [width, height] = [span(this.#xs), span(this.#ys)];
    this.#slope = width > 0 && height > 0 ? height / width : 1;
  }

  /** As `at`, but before the first point it goes on as steeply too. */
  extended(x: number): number {
    const [first = 0, lowest = 0] = [this.#xs[0], this.#ys[0]];
    return x < first ? lowest + this.#slope * (x - first) : this.at(x);
  }

  at(x: number): number {
    const xs = this.#xs;
    const last = xs.length - 1;
    if (x >= (xs[last] ?? 0)) return (this.#ys[last] ?? 0) + this.#slope * (x - (xs[last] ?? 0));
    const next = lowerBound(xs, x, last);
    const [x1 = 0, y1 = 0] = [xs[next], this.#ys[next]];
    const [x0 = x1, y0 = y1] = [xs[next - 1], this.#ys[next - 1]];
    return x1 > x0 ? y0 + ((y1 - y0) * (x - x0)) / (x1 - x0) : y1;
  }
}

function span(values: Float64Array): number {
  return (values.at(-1) ?? 0) - (values[0] ?? 0);
}

interface Points {
  readonly xs: Float64Array;
  readonly ys: Float64Array;
}

/** By x, and where these are equal in the order given. Sorting numbers alone is much faster than sorting pairs. */
function sortedPoints(xs: Float64Array, ys: Float64Array): Points {
  const places = xs.slice().sort();
  const taken = new Uint32Array(xs.length);
  const sorted = { xs: new Float64Array(xs.length), ys: new Float64Array(xs.length) };
  for (let point = 0; point < xs.length; point++) {
    const x = xs[point] ?? 0;
    const first = lowerBound(places, x);
    const before = taken[first] ?? 0;
    taken[first] = before + 1;
    sorted.xs[first + before] = x;
    sorted.ys[first + before] = ys[point] ?? 0;
  }
  return sorted;
}

/** The rising sequence that is nearest in squares. */
function rising(values: Float64Array): Float64Array {
  const means = new Float64Array(values.length);
  const sizes = new Uint32Array(values.length);
  let blocks = 0;
  for (let mean of values) {
    let size = 1;
    for (; blocks > 0 && (means[blocks - 1] ?? 0) >= mean; blocks--) {
      const [before, count] = [means[blocks - 1] ?? 0, sizes[blocks - 1] ?? 0];
      mean = before + ((mean - before) * size) / (count + size);
      size += count;
    }
    means[blocks] = mean;
    sizes[blocks] = size;
    blocks++;
  }
  const risen = new Float64Array(values.length);
  for (let block = 0, at = 0; block < blocks; block++) {
    const end = at + (sizes[block] ?? 0);
    risen.fill(means[block] ?? 0, at, end);
    at = end;
  }
  return risen;
}
