import { type Assignment, isActive } from "./assignment.ts";
import type { CompiledSpace } from "./compile.ts";
import { finiteValue } from "./configurations.ts";
import type { Distribution } from "./distribution.ts";
import { lastMultiple, multiple } from "./grid.ts";

/** A way through all configurations of a finite space, one after the other; it may begin anywhere, and has no end. */
export class Walk {
  readonly #space: CompiledSpace;
  /** Index of the last dimension on which others depend; -1 where there is none. */
  readonly #lastParent: number;
  #at: Record<string, number>;

  constructor(space: CompiledSpace, from: Assignment) {
    this.#space = space;
    this.#lastParent = Math.max(-1, ...parentsIn(space));
    this.#at = { ...from };
  }

  /** Where it is. The next step may change it: who keeps it takes a copy. */
  get at(): Assignment {
    return this.#at;
  }

  /** Goes on to the next configuration in the order of the space, from the last one to the first. */
  step(): void {
    const change = this.#nextChange();
    if (change.index <= this.#lastParent) this.#at = restarted(this.#space, this.#at, change);
    else this.#change(change);
  }

  /** The last dimension that has another value; with -1, none has, and all begin anew. */
  #nextChange(): Change {
    const { dimensions } = this.#space;
    for (let index = dimensions.length - 1; index >= 0; index--) {
      const dimension = dimensions[index];
      if (dimension === undefined || !isActive(this.#space, dimension, this.#at)) continue;
      const value = valueAfter(dimension.distribution, this.#at[dimension.path] ?? 0);
      if (value !== null) return { index, value };
    }
    return { index: -1, value: 0 };
  }

  /** Behind the last parent: the dimensions that are active stay the same. */
  #change({ index, value }: Change): void {
    const { dimensions } = this.#space;
    for (let at = index; at < dimensions.length; at++) {
      const { path = "", distribution } = dimensions[at] ?? {};
      if (distribution === undefined || this.#at[path] === undefined) continue;
      this.#at[path] = at === index ? value : finiteValue(distribution, 0);
    }
  }
}

interface Change {
  readonly index: number;
  readonly value: number;
}

function parentsIn({ dimensions }: CompiledSpace): readonly number[] {
  return [...new Set(dimensions.flatMap(({ condition }) => (condition === null ? [] : [condition.dimension])))];
}

/** Keeps what stands before `at.index`, sets that one, and puts everything behind it at its first value. */
function restarted(space: CompiledSpace, from: Assignment, at: Change): Assignment {
  const values: Record<string, number> = {};
  space.dimensions.forEach((dimension, index) => {
    if (!isActive(space, dimension, values)) return;
    const kept = index === at.index ? at.value : from[dimension.path];
    values[dimension.path] = index <= at.index && kept !== undefined ? kept : finiteValue(dimension.distribution, 0);
  });
  return values;
}

/** The smallest value above `value`, or null at the end. */
function valueAfter(distribution: Distribution, value: number): number | null {
  switch (distribution.kind) {
    case "quniform":
    case "qloguniform": {
      const { low, high, q } = distribution;
      const k = Math.round(value / q) + 1;
      return k > lastMultiple(high, q) ? null : multiple(k, q, low, high);
    }
    case "uniformint":
      return value < distribution.high ? value + 1 : null;
    case "randint":
      return value < distribution.upper - 1 ? value + 1 : null;
    case "choice":
      return value < distribution.count - 1 ? value + 1 : null;
    case "pchoice": {
      const next = distribution.probabilities.findIndex((probability, index) => index > value && probability > 0);
      return next < 0 ? null : next;
    }
    default:
      return null;
  }
}
