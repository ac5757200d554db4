import { lowerBound } from "../../numerics/lower-bound.ts";
import type { Assignment } from "../../space/assignment.ts";
import type { GridPoints } from "./points.ts";

/** Bound on the steps to the next one that is allowed, where next to none are. */
const MOST_STEPS = 1_000_000;

/**
 * The steps of a walk about a grid that relations allow: step n is n strides from the first configuration.
 *
 * Each trial looks on from its own turn, over all that the trials before it did: what was found is kept, only to save
 * time. It holds what a new one would find.
 */
export class AllowedSteps {
  readonly #points: GridPoints;
  readonly #isAllowed: (assignment: Assignment) => boolean;
  /** Those between `#from` and `#until`, ascending. */
  #allowed: number[] = [];
  #from = 0;
  /** The first step that was not looked at, and its configuration's number. */
  #until = 0;
  #index = 0n;

  constructor(points: GridPoints, isAllowed: (assignment: Assignment) => boolean) {
    this.#points = points;
    this.#isAllowed = isAllowed;
  }

  /** The configurations that are allowed, from a step on, once around the grid; none behind a gap of a million steps. */
  *from(first: number): Generator<Assignment> {
    if (first < this.#from || first > this.#until) this.#restart(first);
    const { size, stride, at } = this.#points;
    const end = first + Number(size);
    let step = first;
    for (let place = lowerBound(this.#allowed, first); ; place++) {
      const next = this.#allowed[place] ?? this.#search(Math.min(end, step + MOST_STEPS));
      if (next === null || next >= Math.min(end, step + MOST_STEPS)) return;
      yield at((BigInt(next) * stride) % size);
      step = next + 1;
    }
  }

  #restart(step: number): void {
    const { size, stride } = this.#points;
    this.#allowed = [];
    this.#from = step;
    this.#until = step;
    this.#index = (BigInt(step) * stride) % size;
  }

  /** The next step below `end` that is allowed, of those that were not looked at; null where there is none. */
  #search(end: number): number | null {
    const { size, stride, at } = this.#points;
    while (this.#until < end) {
      const step = this.#until++;
      const isAllowed = this.#isAllowed(at(this.#index));
      this.#index = (this.#index + stride) % size;
      if (!isAllowed) continue;
      this.#allowed.push(step);
      return step;
    }
    return null;
  }
}
