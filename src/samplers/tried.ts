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

/** How many lookups compare one by one before an index is built. One proposal seldom needs more than one. */
const COMPARISONS = 8;

/** The configurations that trials have had, for looking up whether another one is new. */
export class TriedConfigurations {
  readonly #coordinates: readonly Coordinate[];
  readonly #lists: readonly (readonly Tried[])[];
  #lookups = 0;
  #index: Set<string> | undefined;

  constructor(space: CompiledSpace, ...lists: readonly (readonly Tried[])[]) {
    this.#coordinates = coordinatesOf(space);
    this.#lists = lists;
  }

  /** How many trials there are; configurations tried twice count twice. */
  get size(): number {
    return this.#lists.reduce((sum, list) => sum + list.length, 0);
  }

  has(assignment: Assignment): boolean {
    if (this.#lookups++ < COMPARISONS) return this.#lists.some((list) => contains(list, assignment, this.#coordinates));
    this.#index ??= new Set(this.#lists.flat().map((tried) => keyOf(tried.assignment, this.#coordinates)));
    return this.#index.has(keyOf(assignment, this.#coordinates));
  }
}

function contains(list: readonly Tried[], assignment: Assignment, coordinates: readonly Coordinate[]): boolean {
  const first = coordinates[0];
  if (first === undefined) return list.length > 0;
  const { path, q } = first;
  const value = assignment[path];
  for (const tried of list) {
    if (!isAlike(tried.assignment[path], value, q)) continue;
    if (coordinates.every((at) => isAlike(tried.assignment[at.path], assignment[at.path], at.q))) return true;
  }
  return false;
}

/** Grid values may differ by the noise of their last bits: one of them may have been given by hand. */
function isAlike(left: number | undefined, right: number | undefined, q: number): boolean {
  if (left === right) return true;
  return left !== undefined && right !== undefined && Math.abs(left - right) < q / 2;
}

function keyOf(assignment: Assignment, coordinates: readonly Coordinate[]): string {
  return coordinates.map(({ path, q }) => onGrid(assignment[path], q)).join();
}

function onGrid(value: number | undefined, q: number): number | undefined {
  return value === undefined || q === 0 ? value : Math.round(value / q);
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
