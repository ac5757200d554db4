import { appendRow, type Cholesky, cholesky, choleskyWithJitter } from "../../numerics/cholesky.ts";
import { dot } from "../../numerics/dot.ts";
import { solve, solveLower, solveUpper } from "../../numerics/triangular.ts";
import type { Point, PointSpace } from "../points.ts";
import { DOUBT, type Doubts } from "./doubt.ts";
import { effectSlope } from "./effect.ts";
import { type Features, Kernel } from "./kernel.ts";
import type { Smoothness } from "./matern.ts";
import { doubtsOf, noiseOf, type Theta } from "./theta.ts";
import type { Targets } from "./transform.ts";

/** Least variance that is told apart from certainty. */
const LEAST_VARIANCE = 1e-12;

/**
 * What is believed of the loss everywhere, given the losses of some points.
 *
 * Made to be kept: given other rows, only what follows their common beginning is computed again, and the numbers are
 * those that a new one would give. Rows beyond those with a target are pending trials. They are believed to come out
 * as expected, which leaves every mean as it is and makes points near them certain ("kriging believer").
 *
 * @source Rasmussen and Williams 2006, "Gaussian processes for machine learning", algorithm 2.1; the believer:
 * Ginsbourger, Le Riche and Carraro 2010
 */
export class Posterior {
  readonly theta: Theta;
  readonly kernel: Kernel;
  #rows: readonly Point[] = [];
  /** By row: the variance of its noise. */
  #noises = new Float64Array(0);
  #features: Features;
  #capacity = 0;
  #factor: Cholesky | null = null;
  #targets: Float64Array = new Float64Array(0);
  /** A⁻¹·targets; 0 for pending rows. */
  #alpha = new Float64Array(0);
  readonly #query: Features;
  /** Covariances of the latest query and all rows, then solved in place. */
  #vector = new Float64Array(0);
  #slopes = new Float64Array(0);
  #weights = new Float64Array(0);

  constructor(points: PointSpace, theta: Theta, smoothness: Smoothness) {
    this.theta = theta;
    this.kernel = new Kernel(points, theta, smoothness);
    this.#features = this.kernel.features(0);
    this.#query = this.kernel.features(1);
  }

  /**
   * @param rows of trials with a target, then of pending ones
   * @param data of the former
   */
  update(rows: readonly Point[], { targets, doubts }: Targets): void {
    this.#place(rows, doubts);
    this.#targets = targets;
    const factor = this.#factor;
    const alpha = new Float64Array(rows.length);
    alpha.set(targets);
    if (factor !== null) solve({ ...factor, size: targets.length }, alpha);
    this.#alpha = alpha;
  }

  #place(rows: readonly Point[], doubts: Doubts): void {
    const [noise, added] = [noiseOf(this.theta), doubtsOf(this.theta)];
    const noises = Float64Array.from(rows, (_, row) => noise + (added[doubts[row] ?? DOUBT.none] ?? 0));
    const reusable = this.#factor?.jitter === 0 ? this.#rows : [];
    let common = 0;
    while (common < rows.length && reusable[common] === rows[common] && this.#noises[common] === noises[common])
      common++;
    this.#noises = noises;
    this.#reserve(rows.length);
    for (let row = common; row < rows.length; row++) {
      this.kernel.fillFeatures(this.#features, row, rows[row] as Point); // row < rows.length
    }
    this.#factor = this.#extended(common, rows.length) ?? choleskyWithJitter(this.#matrix(rows.length), rows.length);
    this.#rows = rows;
  }

  #extended(common: number, size: number): Cholesky | null {
    if (this.#factor === null || common < size / 2) return cholesky(this.#matrix(size), size);
    let factor: Cholesky | null = { ...this.#factor, size: common };
    const row = new Float64Array(size);
    for (let i = common; i < size && factor !== null; i++) {
      this.#fillRow(row, 0, i);
      factor = appendRow(factor, row);
    }
    return factor;
  }

  #matrix(size: number): Float64Array {
    const matrix = new Float64Array(size * size);
    for (let i = 0; i < size; i++) this.#fillRow(matrix, i * size, i);
    return matrix;
  }

  /** Covariances of row `i` and those up to itself. */
  #fillRow(into: Float64Array, from: number, i: number): void {
    const { kernel } = this;
    const features = this.#features;
    kernel.fillCovariances({ x: features, row: i, y: features, count: i }, { into, from, slopes: this.#slopes });
    into[from + i] = kernel.signal + (this.#noises[i] as number); // of all rows
  }

  #reserve(rows: number): void {
    if (this.#vector.length !== rows) {
      this.#vector = new Float64Array(rows);
      this.#slopes = new Float64Array(rows);
      this.#weights = new Float64Array(rows);
    }
    if (rows <= this.#capacity) return;
    this.#capacity = Math.max(rows, 2 * this.#capacity);
    const wider = this.kernel.features(this.#capacity);
    wider.places.set(this.#features.places);
    wider.categories.set(this.#features.categories);
    this.#features = wider;
  }

  /** The mean at a point. Leaves the covariances with all rows behind, for `variance`. */
  mean(point: Point): number {
    const { kernel } = this;
    const vector = this.#vector;
    const count = vector.length;
    kernel.fillFeatures(this.#query, 0, point);
    const pairing = { x: this.#query, row: 0, y: this.#features, count };
    kernel.fillCovariances(pairing, { into: vector, slopes: this.#slopes });
    return dot(vector, this.#alpha, { xFrom: 0, yFrom: 0, length: count });
  }

  /**
   * The means at all rows: what is left of a target without the noise, and what is believed of a pending trial.
   *
   * The former follow from the factor: A·α are the targets, and all of A but the noise is the covariances.
   */
  meansAtRows(): Float64Array {
    const jitter = this.#factor?.jitter ?? 0;
    return Float64Array.from(this.#rows, (row, index) => {
      const target = this.#targets[index];
      if (target === undefined) return this.mean(row);
      return target - ((this.#noises[index] as number) + jitter) * (this.#alpha[index] as number); // both of all rows
    });
  }

  /** An upper bound of the variance at the point that `mean` was asked for: what its nearest row alone leaves. */
  varianceBound(): number {
    const { signal } = this.kernel;
    const vector = this.#vector;
    const noises = this.#noises;
    let most = 0;
    for (let row = 0; row < vector.length; row++) {
      const covariance = vector[row] as number; // one a row, as is the noise
      const explained = (covariance * covariance) / (signal + (noises[row] as number));
      if (explained > most) most = explained;
    }
    return Math.max(LEAST_VARIANCE, signal - most);
  }

  /** The variance, without noise, at the point that `mean` was asked for. */
  variance(): number {
    const vector = this.#vector;
    if (this.#factor === null) return this.kernel.signal;
    solveLower(this.#factor, vector);
    const explained = dot(vector, vector, { xFrom: 0, yFrom: 0, length: vector.length });
    return Math.max(LEAST_VARIANCE, this.kernel.signal - explained);
  }

  /**
   * The derivatives of mean and variance by the ordered coordinates, at the point that both were just asked for.
   *
   * @param byMean overwritten, as long as there are ordered dimensions, as is `byVariance`
   */
  slopes(byMean: Float64Array, byVariance: Float64Array): void {
    const { kernel } = this;
    const weights = this.#weights;
    weights.set(this.#vector);
    if (this.#factor !== null) solveUpper(this.#factor, weights);
    byMean.fill(0);
    byVariance.fill(0);
    const { places } = this.#features;
    const query = this.#query.places;
    const slopes = this.#slopes;
    const alpha = this.#alpha;
    const ordered = kernel.numeric.length;
    const { perDecay } = kernel;
    const perEffect = 2 * kernel.effect * perDecay;
    for (let row = 0, at = 0; row < weights.length; row++) {
      const together = slopes[row] as number; // as many as rows, as are the others
      const onMean = alpha[row] as number;
      const onVariance = -2 * (weights[row] as number);
      for (let d = 0; d < ordered; d++, at++) {
        const distance = (query[d] as number) - (places[at] as number);
        const slope = (together + perEffect * effectSlope(distance * distance * perDecay)) * distance;
        byMean[d] = (byMean[d] as number) + onMean * slope;
        byVariance[d] = (byVariance[d] as number) + onVariance * slope;
      }
    }
    for (let d = 0; d < ordered; d++) {
      const scale = kernel.scales[d] as number; // from scaled places to places
      byMean[d] = (byMean[d] as number) * scale;
      byVariance[d] = (byVariance[d] as number) * scale;
    }
  }
}
