import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { countValues } from "../space/configurations.ts";

/** A trial, finished or pending, seen only for its configuration. */
interface Tried {
  readonly assignment: Assignment;
}

interface Coordinate {
  readonly path: string;
  /** Distance of grid values; 0 where every different number is another value. */
  readonly q: number;
}

/**
 * The configurations that trials have had, for looking up whether another one is new.
 *
 * Finished trials are found by their value in the dimension that tells them apart soonest. That index is kept between
 * proposals only to save time: it is compared with the trials, one by one, before it is used.
 */
export class TriedConfigurations {
  readonly #coordinates: readonly Coordinate[];
  readonly #index: Index;
  readonly #pending: readonly Tried[];

  constructor(space: CompiledSpace, finished: readonly Tried[], pending: readonly Tried[]) {
    this.#coordinates = coordinatesOf(space);
    this.#index = indexOf(space, this.#coordinates[0]);
    this.#index.update(finished);
    this.#pending = pending;
  }

  /** How many trials there are; configurations tried twice count twice. */
  get size(): number {
    return this.#index.size + this.#pending.length;
  }

  has(assignment: Assignment): boolean {
    const isSame = (tried: Tried): boolean =>
      this.#coordinates.every(({ path, q }) => isAlike(tried.assignment[path], assignment[path], q));
    return this.#index.alike(assignment).some(isSame) || this.#pending.some(isSame);
  }
}

/** Trials by the cell of their value in one dimension. */
class Index {
  readonly #coordinate: Coordinate;
  readonly #cells = new Map<number | undefined, Tried[]>();
  readonly #trials: Tried[] = [];
  /** The array that `#trials` was read from; by the law of `ProposalRequest` it only ever grows. */
  #source: readonly Tried[] = this.#trials;

  constructor(coordinate: Coordinate) {
    this.#coordinate = coordinate;
  }

  get size(): number {
    return this.#trials.length;
  }

  /** Holds exactly `trials` afterwards; what both have in front stays as it is. */
  update(trials: readonly Tried[]): void {
    let common = trials === this.#source ? this.#trials.length : 0;
    this.#source = trials;
    while (common < trials.length && trials[common] === this.#trials[common]) common++;
    while (this.#trials.length > common) this.#cells.get(this.#cellOf(this.#trials.pop()))?.pop();
    for (let at = common; at < trials.length; at++) this.#add(trials[at]);
  }

  alike(assignment: Assignment): readonly Tried[] {
    return this.#cells.get(this.#cellOf({ assignment })) ?? [];
  }

  #add(trial: Tried | undefined): void {
    if (trial === undefined) return;
    this.#trials.push(trial);
    const cell = this.#cellOf(trial);
    const others = this.#cells.get(cell);
    if (others === undefined) this.#cells.set(cell, [trial]);
    else others.push(trial);
  }

  #cellOf(trial: Tried | undefined): number | undefined {
    const { path, q } = this.#coordinate;
    const value = trial?.assignment[path];
    return value === undefined || q === 0 ? value : Math.round(value / q);
  }
}

/** Grid values may differ by the noise of their last bits: one of them may have been given by hand. */
function isAlike(left: number | undefined, right: number | undefined, q: number): boolean {
  if (left === right) return true;
  return left !== undefined && right !== undefined && Math.abs(left - right) < q / 2;
}

const indexes = new WeakMap<CompiledSpace, Index>();

function indexOf(space: CompiledSpace, coordinate: Coordinate = { path: "", q: 0 }): Index {
  let index = indexes.get(space);
  if (index === undefined) {
    index = new Index(coordinate);
    indexes.set(space, index);
  }
  return index;
}

const known = new WeakMap<CompiledSpace, readonly Coordinate[]>();

/** The dimensions of a space, those with the most values first: they tell two configurations apart soonest. */
function coordinatesOf(space: CompiledSpace): readonly Coordinate[] {
  let coordinates = known.get(space);
  if (coordinates === undefined) {
    coordinates = space.dimensions
      .toSorted((left, right) => rank(right.distribution) - rank(left.distribution))
      .map(({ path, distribution }) => ({ path, q: "q" in distribution ? distribution.q : 0 }));
    known.set(space, coordinates);
  }
  return coordinates;
}

/** Finite, so that ranks can be subtracted. */
function rank(distribution: Parameters<typeof countValues>[0]): number {
  return Math.min(countValues(distribution), Number.MAX_VALUE);
}
