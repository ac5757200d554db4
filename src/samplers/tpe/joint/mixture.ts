import { expNegative } from "../../../numerics/exp-table.ts";
import type { Rng } from "../../../random/stream.ts";
import type { Point, PointSpace } from "../../points.ts";
import { categoricalKernels } from "./categorical-kernels.ts";
import type { Kernels } from "./kernels.ts";
import { numericKernels } from "./numeric-kernels.ts";

/** Trials of one side, weighted; the space itself has the weight `prior`. */
export interface WeightedPoints {
  readonly points: readonly Point[];
  readonly weights: readonly number[];
  readonly prior: number;
}

/**
 * A density over whole configurations: a sum of kernels, one for each trial and one for the space, each the product of
 * one for every dimension. So it knows which values go together, also those of a choice and of what is below it.
 *
 * A trial knows nothing of dimensions that were not active in it: its kernel is uniform there.
 */
export class JointMixture {
  readonly #points: PointSpace;
  readonly #kernels: readonly Kernels[];
  /** By kernel: the logarithm of its share, and the shares up to it added up. */
  readonly #shares: Float64Array;
  readonly #upTo: Float64Array;
  readonly #logs: Float64Array;

  constructor(points: PointSpace, sample: WeightedPoints) {
    this.#points = points;
    const count = sample.points.length + 1;
    this.#kernels = points.coordinates.map((coordinate, index) => {
      const values = column(sample.points, index);
      return coordinate.kind === "numeric"
        ? numericKernels(coordinate, values)
        : categoricalKernels(coordinate, values);
    });
    this.#shares = new Float64Array(count);
    this.#upTo = new Float64Array(count);
    this.#logs = new Float64Array(count);
    this.#share(sample);
  }

  #share({ weights, prior }: WeightedPoints): void {
    const last = this.#shares.length - 1;
    const weightOf = (kernel: number): number => (kernel === last ? prior : (weights[kernel] ?? 0));
    let total = 0;
    for (let kernel = 0; kernel <= last; kernel++) total += weightOf(kernel);
    let sum = 0;
    for (let kernel = 0; kernel <= last; kernel++) {
      const share = weightOf(kernel) / total;
      sum += share;
      this.#shares[kernel] = Math.log(share + Number.MIN_VALUE);
      this.#upTo[kernel] = sum;
    }
  }

  draw(rng: Rng): Point {
    const kernel = this.#drawKernel(rng.next());
    return this.#points.fill((_, index) => this.#kernels[index]?.draw(kernel, rng) ?? Number.NaN);
  }

  #drawKernel(mass: number): number {
    const found = this.#upTo.findIndex((upTo) => mass < upTo);
    return found < 0 ? this.#upTo.length - 1 : found;
  }

  /** Nats; densities of places in [0, 1], masses of cells and categories. */
  logDensity(point: Point): number {
    const logs = this.#logs;
    logs.set(this.#shares);
    for (let index = 0; index < point.length; index++) {
      const value = point[index] as number; // index < point.length
      if (!Number.isNaN(value)) this.#kernels[index]?.addTo(logs, value);
    }
    return logSumOf(logs);
  }
}

function column(points: readonly Point[], index: number): Float64Array {
  const values = new Float64Array(points.length);
  for (let trial = 0; trial < points.length; trial++) values[trial] = points[trial]?.[index] ?? Number.NaN;
  return values;
}

/** Terms that lie farther below the largest one add nothing to the sum. */
const REACH = 40;

/** ln Σ exp(logs), of finite numbers. */
function logSumOf(logs: Float64Array): number {
  let top = Number.NEGATIVE_INFINITY;
  for (let i = 0; i < logs.length; i++) if ((logs[i] as number) > top) top = logs[i] as number; // i < length
  let sum = 0;
  for (let i = 0; i < logs.length; i++) {
    const below = top - (logs[i] as number);
    if (below < REACH) sum += expNegative(below);
  }
  return top + Math.log(sum);
}
