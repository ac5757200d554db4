import type { Rng } from "../../random/stream.ts";

/** What one side of the split says about one dimension. */
export interface Model {
  /** A value in natural units. */
  draw(rng: Rng): number;
  /**
   * Log-density of a value (log-mass, where it is discrete), up to a constant of the model: enough to compare values.
   *
   * @param limit may return early with any value above `limit` once the result is known to be above it
   */
  score(value: number, limit: number): number;
  /** Log-density or log-mass in natural units, nats, of a value inside the bounds. */
  logDensity(value: number): number;
}
