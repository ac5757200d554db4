import type { Rng } from "../../../random/stream.ts";

/** The kernels of one dimension: one a trial, and the space's own behind them. */
export interface Kernels {
  /** Adds to each kernel's entry the logarithm of its density, or of its mass in the cell, at a value. */
  addTo(logs: Float64Array, value: number): void;
  /** A draw from one kernel, from another one's where that knows nothing of the dimension. */
  draw(kernel: number, rng: Rng): number;
}
