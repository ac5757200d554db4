import type { Coordinate } from "../coordinates.ts";
import type { Point, PointSpace } from "../points.ts";
import { signalOf, type Theta, weightsOf } from "./theta.ts";

/** Where an ordered dimension is taken to lie while it is not active, so that a point is somewhere in all of them. */
export const IDLE_PLACE = 0.5;
/** A category that no active dimension has. */
export const IDLE_CATEGORY = -1;

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
 * How alike the losses of two points are taken to be: a Matérn kernel of smoothness 5/2 over a distance that adds up
 * ordered dimensions by their squared differences and unordered ones by whether they differ.
 *
 * Of a conditional space, points of different branches already differ in the choice above; that what is not active
 * lies at one place keeps every matrix of covariances positive definite.
 */
export class Kernel {
  readonly signal: number;
  readonly numeric: readonly number[];
  readonly categorical: readonly number[];
  /** √5/l by ordered dimension: the distances of scaled places are those that the kernel decays with. */
  readonly scales: Float64Array;
  /** 5/l² by unordered dimension. */
  readonly #jumps: Float64Array;

  constructor(points: PointSpace, theta: Theta) {
    const weights = weightsOf(theta);
    this.signal = signalOf(theta);
    this.numeric = points.numeric;
    this.categorical = points.categorical;
    this.scales = Float64Array.from(points.numeric, (index) => Math.sqrt(5 * (weights[index] ?? 0)));
    this.#jumps = Float64Array.from(points.categorical, (index) => 5 * (weights[index] ?? 0));
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

  /** The squared distance of row `i` of `x` and row `k` of `y`. */
  squaredDistance(x: Features, i: number, y: Features, k: number): number {
    const jumps = this.#jumps;
    const ordered = this.numeric.length;
    const unordered = jumps.length;
    let sum = 0;
    for (let d = 0, a = i * ordered, b = k * ordered; d < ordered; d++) {
      const distance = (x.places[a + d] as number) - (y.places[b + d] as number); // rows of both
      sum += distance * distance;
    }
    for (let d = 0, a = i * unordered, b = k * unordered; d < unordered; d++) {
      if (x.categories[a + d] !== y.categories[b + d]) sum += jumps[d] as number;
    }
    return sum;
  }

  /** The covariance of two points at a squared distance. */
  covariance(squaredDistance: number): number {
    const rho = Math.sqrt(squaredDistance);
    return this.signal * (1 + rho + squaredDistance / 3) * Math.exp(-rho);
  }

  /** The derivative of a covariance by each scaled place, divided by the difference of the places. */
  slope(squaredDistance: number): number {
    const rho = Math.sqrt(squaredDistance);
    return (-this.signal / 3) * (1 + rho) * Math.exp(-rho);
  }
}
