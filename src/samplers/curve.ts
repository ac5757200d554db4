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

  /** @param points at least one, finite, in any order */
  constructor(points: readonly (readonly [x: number, y: number])[]) {
    const sorted = points.toSorted(([left], [right]) => left - right);
    this.#xs = Float64Array.from(sorted, ([x]) => x);
    this.#ys = rising(sorted.map(([, y]) => y));
    const [width, height] = [span(this.#xs), span(this.#ys)];
    this.#slope = width > 0 && height > 0 ? height / width : 1;
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

/** The rising sequence that is nearest in squares. */
function rising(values: readonly number[]): Float64Array {
  const blocks: { mean: number; size: number }[] = [];
  for (const value of values) {
    let block = { mean: value, size: 1 };
    for (let last = blocks.at(-1); last !== undefined && last.mean >= block.mean; last = blocks.at(-1)) {
      blocks.pop();
      const size = last.size + block.size;
      block = { mean: last.mean + ((block.mean - last.mean) * block.size) / size, size };
    }
    blocks.push(block);
  }
  return Float64Array.from(blocks.flatMap(({ mean, size }) => Array.from({ length: size }, () => mean)));
}
