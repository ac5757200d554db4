import { dot } from "../../../numerics/dot.ts";
import { inverse, solve, solveLower, solveUpper } from "../../../numerics/triangular.ts";
import type { Point, PointSpace } from "../../points.ts";
import type { Targets } from "../data/transform.ts";
import { effectSlope } from "../kernel/effect.ts";
import { type Features, Kernel } from "../kernel/kernel.ts";
import type { Smoothness } from "../kernel/matern.ts";
import type { Theta } from "../kernel/theta.ts";
import { FactoredRows } from "./factored-rows.ts";

/** Least variance that is told apart from certainty. */
const LEAST_VARIANCE = 1e-12;

/**
 * What is believed of the loss everywhere, given the losses of some points.
 *
 * Made to be kept, as its rows are. Those beyond the ones with a target are pending trials. They are believed to come out
 * as expected, which leaves every mean as it is and makes points near them certain ("kriging believer").
 *
 * @source Rasmussen and Williams 2006, "Gaussian processes for machine learning", algorithm 2.1; the believer:
 * Ginsbourger, Le Riche and Carraro 2010
 */
export class Posterior {
  readonly theta: Theta;
  readonly kernel: Kernel;
  readonly #rows: FactoredRows;
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
    this.#rows = new FactoredRows(this.kernel, theta);
    this.#query = this.kernel.features(1);
  }

  /**
   * @param rows of trials with a target, then of pending ones
   * @param data of the former
   */
  update(rows: readonly Point[], { targets, doubts }: Targets): void {
    this.#rows.place(rows, doubts);
    this.#targets = targets;
    const { factor } = this.#rows;
    const alpha = new Float64Array(rows.length);
    alpha.set(targets);
    if (factor !== null) solve({ ...factor, size: targets.length }, alpha);
    this.#alpha = alpha;
    if (this.#vector.length === rows.length) return;
    this.#vector = new Float64Array(rows.length);
    this.#slopes = new Float64Array(rows.length);
    this.#weights = new Float64Array(rows.length);
  }

  /** The mean at a point. Leaves the covariances with all rows behind, for `variance`. */
  mean(point: Point): number {
    const { kernel } = this;
    const vector = this.#vector;
    const count = vector.length;
    kernel.fillFeatures(this.#query, 0, point);
    const pairing = { x: this.#query, row: 0, y: this.#rows.features, count };
    kernel.fillCovariances(pairing, { into: vector, slopes: this.#slopes });
    return dot(vector, this.#alpha, { xFrom: 0, yFrom: 0, length: count });
  }

  /**
   * The means at all rows: what is left of a target without the noise, and what is believed of a pending trial.
   *
   * The former follow from the factor: A·α are the targets, and all of A but the noise is the covariances.
   */
  meansAtRows(): Float64Array {
    const { points, factor } = this.#rows;
    const jitter = factor?.jitter ?? 0;
    return Float64Array.from(points, (row, index) => {
      const target = this.#targets[index];
      if (target === undefined) return this.mean(row);
      return target - (this.#rows.noise(index) + jitter) * (this.#alpha[index] as number); // of all rows
    });
  }

  /**
   * What would be expected of each target if it were not known. Nothing is pending, and there is a row.
   *
   * @source Rasmussen and Williams 2006, equation 5.12
   */
  expectedFromOthers(): Float64Array {
    const { factor } = this.#rows;
    if (factor === null) return new Float64Array(0);
    const inverted = inverse(factor);
    return this.#targets.map((target, row) => {
      const precision = inverted[row * factor.size + row] as number; // on its diagonal
      return target - (this.#alpha[row] as number) / precision; // one a row
    });
  }

  /** An upper bound of the variance at the point that `mean` was asked for: what its nearest row alone leaves. */
  varianceBound(): number {
    const { signal } = this.kernel;
    const vector = this.#vector;
    let most = 0;
    for (let row = 0; row < vector.length; row++) {
      const covariance = vector[row] as number; // one a row
      const explained = (covariance * covariance) / (signal + this.#rows.noise(row));
      if (explained > most) most = explained;
    }
    return Math.max(LEAST_VARIANCE, signal - most);
  }

  /** The variance, without noise, at the point that `mean` was asked for. */
  variance(): number {
    const vector = this.#vector;
    const { factor } = this.#rows;
    if (factor === null) return this.kernel.signal;
    solveLower(factor, vector);
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
    const { factor, features } = this.#rows;
    if (factor !== null) solveUpper(factor, weights);
    byMean.fill(0);
    byVariance.fill(0);
    const { places } = features;
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
