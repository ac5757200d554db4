import type { Coordinate } from "../../coordinates.ts";
import type { Point, PointSpace } from "../../points.ts";
import { effectAlike, effectOf, togetherOf } from "./effect.ts";
import { DECAY, fillMatern, type MaternTarget, type Smoothness } from "./matern.ts";
import { signalOf, type Theta, weightsOf } from "./theta.ts";

/** Where an ordered dimension is taken to lie while it is not active, so that a point is somewhere in all of them. */
const IDLE_PLACE = 0.5;
/** A category that no active dimension has. */
const IDLE_CATEGORY = -1;

/** The squared difference of two coordinates: of places, or 1 for two categories that differ. */
export function difference(kind: Coordinate["kind"], x: number, y: number): number {
  if (kind === "categorical") return Object.is(x, y) ? 0 : 1;
  const distance = (Number.isNaN(x) ? IDLE_PLACE : x) - (Number.isNaN(y) ? IDLE_PLACE : y);
  return distance * distance;
}

/** Points in coordinates whose distances are the kernel's. */
export interface Features {
  /** Row-major, one row a point: places, scaled. */
  readonly places: Float64Array;
  /** Row-major, one row a point. */
  readonly categories: Float64Array;
}

/**
 * How alike the losses of two points are taken to be: a Matérn kernel over a distance that adds up
 * ordered dimensions by their squared differences and unordered ones by whether they differ, and beside it a sum of
 * one kernel for each dimension.
 *
 * Of a conditional space, points of different branches already differ in the choice above; that what is not active
 * lies at one place keeps every matrix of covariances positive definite.
 */
export class Kernel {
  readonly signal: number;
  readonly smoothness: Smoothness;
  readonly numeric: readonly number[];
  readonly categorical: readonly number[];
  /** 1/l by ordered dimension, times the root of `DECAY`: the distances of scaled places are those that the kernel decays with. */
  readonly scales: Float64Array;
  /** The part of the signal that is the effect of one dimension. */
  readonly effect: number;
  /** The part of the signal that depends on all dimensions together. */
  readonly #together: number;
  /** From squared distances of scaled places to those in length-scales. */
  readonly perDecay: number;
  /** 1/l² by unordered dimension, times `DECAY`. */
  readonly #jumps: Float64Array;
  /** By unordered dimension, how alike the effects of two categories are. */
  readonly #alike: Float64Array;
  #distances: Distances = distancesOf(0);

  constructor(points: PointSpace, theta: Theta, smoothness: Smoothness) {
    this.smoothness = smoothness;
    const weights = weightsOf(theta);
    this.signal = signalOf(theta);
    this.numeric = points.numeric;
    this.categorical = points.categorical;
    this.scales = Float64Array.from(points.numeric, (index) => Math.sqrt(DECAY[smoothness] * (weights[index] ?? 0)));
    this.effect = effectOf(theta);
    this.#together = togetherOf(theta);
    this.perDecay = 1 / DECAY[smoothness];
    this.#jumps = Float64Array.from(points.categorical, (index) => DECAY[smoothness] * (weights[index] ?? 0));
    this.#alike = Float64Array.from(points.categorical, (index) => effectAlike(weights[index] ?? 0));
  }

  /** Room for the features of `rows` points. */
  features(rows: number): Features {
    return {
      places: new Float64Array(rows * this.numeric.length),
      categories: new Float64Array(rows * this.categorical.length),
    };
  }

  fillFeatures({ places, categories }: Features, row: number, point: Point): void {
    const { numeric, categorical, scales } = this;
    for (let d = 0; d < numeric.length; d++) {
      const place = point[numeric[d] as number] as number; // a point has all dimensions
      places[row * numeric.length + d] = (Number.isNaN(place) ? IDLE_PLACE : place) * (scales[d] as number);
    }
    for (let d = 0; d < categorical.length; d++) {
      const category = point[categorical[d] as number] as number;
      categories[row * categorical.length + d] = Number.isNaN(category) ? IDLE_CATEGORY : category;
    }
  }

  /**
   * Distances of one row of `x` to the first `count` rows of `y`.
   *
   * @param into overwritten from the beginning
   */
  fillDistances({ x, row, y, count }: Pairing, into: Distances): void {
    const { perDecay } = this;
    const start = row * this.numeric.length;
    const end = start + this.numeric.length;
    const own = x.places;
    const { places } = y;
    const { squared, alike } = into;
    for (let k = 0, b = 0; k < count; k++) {
      let sum = 0;
      let effects = 0;
      for (let a = start; a < end; a++, b++) {
        const distance = (own[a] as number) - (places[b] as number); // rows of both, as below
        const apart = distance * distance;
        sum += apart;
        effects += effectAlike(apart * perDecay);
      }
      squared[k] = sum;
      alike[k] = effects;
    }
    if (this.#jumps.length > 0) this.#addJumps({ x, row, y, count }, into);
  }

  #addJumps({ x, row, y, count }: Pairing, into: Distances): void {
    const jumps = this.#jumps;
    const alikes = this.#alike;
    const unordered = jumps.length;
    const start = row * unordered;
    const own = x.categories;
    const { categories } = y;
    const { squared, alike } = into;
    for (let k = 0, b = 0; k < count; k++) {
      let sum = squared[k] as number; // count numbers were written
      let effects = alike[k] as number;
      for (let d = 0; d < unordered; d++, b++) {
        const isSame = own[start + d] === categories[b];
        if (!isSame) sum += jumps[d] as number;
        effects += isSame ? 1 : (alikes[d] as number);
      }
      squared[k] = sum;
      alike[k] = effects;
    }
  }

  /**
   * Covariances of one row of `x` and the first `count` rows of `y`.
   *
   * @param target its slopes are of the part that depends on all dimensions together: the derivative of a covariance by
   *   a scaled place, divided by the difference of the places
   */
  fillCovariances(pairing: Pairing, target: Target): void {
    const { count } = pairing;
    if (this.#distances.alike.length < count) this.#distances = distancesOf(2 * count);
    const { squared, alike } = this.#distances;
    this.fillDistances(pairing, this.#distances);
    const { into, from = 0, slopes } = target;
    fillMatern(squared, count, { signal: this.#together, smoothness: this.smoothness, into, from, slopes });
    const { effect } = this;
    for (let k = 0; k < count; k++) into[from + k] = (into[from + k] as number) + effect * (alike[k] as number);
  }
}

/** How far points are from one, by point. */
export interface Distances {
  /** Over all dimensions, as the kernel decays with them. */
  readonly squared: Float64Array;
  /** How alike their effects are, added up. */
  readonly alike: Float64Array;
}

/** Room for the distances of `count` points. */
export function distancesOf(count: number): Distances {
  return { squared: new Float64Array(count), alike: new Float64Array(count) };
}

/** One row of `x` and the first rows of `y`. */
export interface Pairing {
  readonly x: Features;
  readonly row: number;
  readonly y: Features;
  readonly count: number;
}

type Target = Pick<MaternTarget, "into" | "from" | "slopes">;
