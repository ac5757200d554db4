/** One side's values of a dimension, ascending, with the weight of each. The arrays have room for one more. */
export interface Sample {
  readonly size: number;
  readonly values: Float64Array;
  readonly weights: Float64Array;
  /** Room for the width of each value's component; holds nothing yet. */
  readonly sigmas: Float64Array;
  /** Sum of the weights. */
  readonly total: number;
}

/**
 * The values that trials gave one dimension, kept in sorted order as trials come and go at the end.
 *
 * Trials are known by their index, oldest first. What it holds depends on the values alone, not on how they came.
 */
export class Column {
  /** Value by trial, NaN where the dimension was not active. */
  #given = new Float64Array(64);
  #length = 0;
  /** Trials where the dimension was active, by value in the model's unit, then by age. */
  #order = new Int32Array(64);
  #sorted = new Float64Array(64);
  #active = 0;
  readonly #below = new SampleBuffer();
  readonly #above = new SampleBuffer();
  readonly #warp: (value: number) => number;

  /** @param warp turns a value into the unit of its model, never lowering a higher one below a lower one */
  constructor(warp: (value: number) => number) {
    this.#warp = warp;
  }

  /** Trials in which the dimension was active. */
  get active(): number {
    return this.#active;
  }

  isActive(trial: number): boolean {
    return !Number.isNaN(this.#given[trial] ?? Number.NaN);
  }

  /** Whether `trial` gave this value. */
  holds(trial: number, value: number | undefined): boolean {
    return Object.is(this.#given[trial], value ?? Number.NaN);
  }

  /** Forgets trials from index `length` on. */
  truncate(length: number): void {
    if (length >= this.#length) return;
    let kept = 0;
    for (let rank = 0; rank < this.#active; rank++) {
      const trial = this.#order[rank] ?? 0;
      if (trial >= length) continue;
      this.#order[kept] = trial;
      this.#sorted[kept++] = this.#sorted[rank] ?? 0;
    }
    this.#active = kept;
    this.#length = length;
  }

  /** Adds trials behind the ones there are. */
  append(values: readonly (number | undefined)[]): void {
    const first = this.#length;
    this.#reserve(first + values.length);
    values.forEach((value, offset) => {
      this.#given[first + offset] = value ?? Number.NaN;
    });
    this.#length += values.length;
    const added = values.flatMap((value, offset) =>
      value === undefined ? [] : [{ trial: first + offset, value: this.#warp(value) }],
    );
    this.#merge(added.sort((left, right) => left.value - right.value || left.trial - right.trial));
  }

  /** Merges from the back, so that a few new trials move only what lies above them. */
  #merge(added: readonly { readonly trial: number; readonly value: number }[]): void {
    let old = this.#active - 1;
    let place = this.#active + added.length - 1;
    for (let next = added.length - 1; next >= 0; place--) {
      const { trial, value } = added[next] ?? { trial: 0, value: 0 };
      if (old >= 0 && (this.#sorted[old] ?? 0) > value) {
        this.#order[place] = this.#order[old] ?? 0;
        this.#sorted[place] = this.#sorted[old--] ?? 0;
      } else {
        this.#order[place] = trial;
        this.#sorted[place] = value;
        next--;
      }
    }
    this.#active += added.length;
  }

  #reserve(length: number): void {
    if (length <= this.#given.length) return;
    const capacity = Math.max(length, 2 * this.#given.length);
    this.#given = grown(this.#given, new Float64Array(capacity));
    this.#order = grown(this.#order, new Int32Array(capacity));
    this.#sorted = grown(this.#sorted, new Float64Array(capacity));
  }

  /**
   * Parts the values by side.
   *
   * @param weights by trial, negative on the below side; of each side the weight is the size
   * @param countBelow how many active trials are on the below side
   * @returns arrays of the column's own, overwritten by the next call
   */
  part(weights: Float64Array, countBelow: number): { readonly below: Sample; readonly above: Sample } {
    const below = this.#below.room(countBelow);
    const above = this.#above.room(this.#active - countBelow);
    let low = 0;
    let high = 0;
    let lowTotal = 0;
    let highTotal = 0;
    for (let rank = 0; rank < this.#active; rank++) {
      const weight = weights[this.#order[rank] as number] as number; // both in range: rank counts active trials
      if (weight < 0) {
        below.values[low] = this.#sorted[rank] as number;
        below.weights[low++] = -weight;
        lowTotal -= weight;
      } else {
        above.values[high] = this.#sorted[rank] as number;
        above.weights[high++] = weight;
        highTotal += weight;
      }
    }
    return { below: { ...below, total: lowTotal }, above: { ...above, total: highTotal } };
  }
}

/** Memory that is used again: thousands of arrays a second would cost more than what is computed in them. */
class SampleBuffer {
  #values = new Float64Array(64);
  #weights = new Float64Array(64);
  #sigmas = new Float64Array(64);

  room(size: number): Omit<Sample, "total"> {
    if (size >= this.#values.length) {
      this.#values = new Float64Array(2 * size);
      this.#weights = new Float64Array(2 * size);
      this.#sigmas = new Float64Array(2 * size);
    }
    const room = (array: Float64Array): Float64Array => array.subarray(0, size + 1);
    return { size, values: room(this.#values), weights: room(this.#weights), sigmas: room(this.#sigmas) };
  }
}

function grown<A extends Float64Array | Int32Array>(from: A, to: A): A {
  to.set(from);
  return to;
}
