import type { Observation } from "../../trial/observation.ts";
import { oncePer } from "../once.ts";

/** A result as somebody is to see it, or null where they are not. */
type Reduce = (observation: Observation) => Observation | null;

/**
 * Results, each seen through a function. What it gives is kept between calls, to save time only: a history that grew at
 * its end has the same array as before, with more in it.
 */
export class ReducedResults {
  readonly #reduced: Reduce;
  /** The results of the latest call, and what was made of them. */
  #given: Observation[] = [];
  #seen: Observation[] = [];

  constructor(reduce: Reduce) {
    this.#reduced = oncePer(reduce);
  }

  of(observations: readonly Observation[]): readonly Observation[] {
    if (!this.#given.every((observation, at) => observation === observations[at])) {
      this.#given = [];
      this.#seen = [];
    }
    for (let at = this.#given.length; at < observations.length; at++) {
      const observation = observations[at] as Observation; // at < its length
      const reduced = this.#reduced(observation);
      this.#given.push(observation);
      if (reduced !== null) this.#seen.push(reduced);
    }
    return this.#seen;
  }
}
