import type { Point } from "../../points.ts";
import type { Acquisition } from "./acquisition.ts";
import type { Posterior } from "./posterior.ts";

/** A point and how promising it is. */
export interface Scored {
  readonly point: Point;
  readonly score: number;
}

/** How promising points are, by what is believed of them. */
export class Belief {
  readonly posterior: Posterior;
  readonly acquisition: Acquisition;

  constructor(posterior: Posterior, acquisition: Acquisition) {
    this.posterior = posterior;
    this.acquisition = acquisition;
  }

  score(point: Point): number {
    return this.scoreAbove(point, Number.NEGATIVE_INFINITY) ?? Number.NEGATIVE_INFINITY;
  }

  /** The score, or null where a cheap upper bound of it is already no more than `bar`. */
  scoreAbove(point: Point, bar: number): number | null {
    const mean = this.posterior.mean(point);
    if (this.#ceilingAt(mean) <= bar) return null;
    return this.acquisition.value(mean, Math.sqrt(this.posterior.variance()));
  }

  /** No less than the score, for a small part of what that costs. */
  ceiling(point: Point): number {
    return this.#ceilingAt(this.posterior.mean(point));
  }

  /** @param mean of the point that the posterior was just asked for */
  #ceilingAt(mean: number): number {
    return this.acquisition.ceiling(mean, Math.sqrt(this.posterior.varianceBound()));
  }
}
