import { appendRow, type Cholesky, cholesky, choleskyWithJitter } from "../../../numerics/cholesky.ts";
import type { Point } from "../../points.ts";
import { DOUBT, type Doubts } from "../data/doubt.ts";
import type { Features, Kernel } from "../kernel/kernel.ts";
import { doubtsOf, noiseOf, type Theta } from "../kernel/theta.ts";

/**
 * Points and the factor of their covariances with noise. Made to be kept: given other points, only what follows their
 * common beginning is computed again, and the numbers are those that a new one would give.
 */
export class FactoredRows {
  readonly #kernel: Kernel;
  readonly #theta: Theta;
  #points: readonly Point[] = [];
  /** By row: the variance of its noise. */
  #noises = new Float64Array(0);
  #features: Features;
  #capacity = 0;
  #factor: Cholesky | null = null;
  #slopes = new Float64Array(0);

  constructor(kernel: Kernel, theta: Theta) {
    this.#kernel = kernel;
    this.#theta = theta;
    this.#features = kernel.features(0);
  }

  get points(): readonly Point[] {
    return this.#points;
  }

  get features(): Features {
    return this.#features;
  }

  /** Null before the first points. */
  get factor(): Cholesky | null {
    return this.#factor;
  }

  /** The variance of a row's noise. */
  noise(row: number): number {
    return this.#noises[row] as number; // of all rows
  }

  /** @param doubts of the first points; the others have none */
  place(points: readonly Point[], doubts: Doubts): void {
    const [noise, added] = [noiseOf(this.#theta), doubtsOf(this.#theta)];
    const noises = Float64Array.from(points, (_, row) => noise + (added[doubts[row] ?? DOUBT.none] ?? 0));
    const reusable = this.#factor?.jitter === 0 ? this.#points : [];
    let common = 0;
    while (common < points.length && reusable[common] === points[common] && this.#noises[common] === noises[common])
      common++;
    this.#noises = noises;
    this.#reserve(points.length);
    for (let row = common; row < points.length; row++) {
      this.#kernel.fillFeatures(this.#features, row, points[row] as Point); // row < points.length
    }
    const size = points.length;
    this.#factor = this.#extended(common, size) ?? choleskyWithJitter(this.#matrix(size), size);
    this.#points = points;
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
    const features = this.#features;
    this.#kernel.fillCovariances({ x: features, row: i, y: features, count: i }, { into, from, slopes: this.#slopes });
    into[from + i] = this.#kernel.signal + this.noise(i);
  }

  #reserve(rows: number): void {
    if (this.#slopes.length !== rows) this.#slopes = new Float64Array(rows);
    if (rows <= this.#capacity) return;
    this.#capacity = Math.max(rows, 2 * this.#capacity);
    const wider = this.#kernel.features(this.#capacity);
    wider.places.set(this.#features.places);
    wider.categories.set(this.#features.categories);
    this.#features = wider;
  }
}
