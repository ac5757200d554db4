import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { oncePer } from "./once.ts";

/** A trial, finished or pending, seen only for its configuration. */
interface Tried {
  readonly assignment: Assignment;
}

/**
 * The configurations that trials have had, for looking up whether another one is new.
 *
 * What is known of finished trials is kept between proposals only to save time: it is compared with the trials, one by
 * one, before it is used.
 */
export class TriedConfigurations {
  /** How many different configurations there are. */
  readonly size: number;
  readonly #finished: Index;
  readonly #pending: ReadonlySet<string>;

  constructor(space: CompiledSpace, finished: readonly Tried[], pending: readonly Tried[]) {
    const index = indexOf(space);
    index.update(finished);
    this.#finished = index;
    this.#pending = new Set(pending.map(({ assignment }) => index.keyOf(assignment)).filter((key) => !index.has(key)));
    this.size = index.size + this.#pending.size;
  }

  has(assignment: Assignment): boolean {
    const key = this.#finished.keyOf(assignment);
    return this.#finished.has(key) || this.#pending.has(key);
  }
}

/** How often each configuration was tried, by its key. */
class Index {
  readonly #coordinates: readonly Coordinate[];
  /** Room for the values of one configuration, and the same as units of text. */
  readonly #cells: Float64Array;
  readonly #units: Uint16Array;
  readonly #counts = new Map<string, number>();
  readonly #trials: Tried[] = [];
  /** Of `#trials`, in their order. */
  readonly #keys: string[] = [];
  /** The array that `#trials` was read from; by the law of `ProposalRequest` trials only come into it. */
  #source: readonly Tried[] = this.#trials;

  constructor(space: CompiledSpace) {
    this.#coordinates = space.dimensions.map(({ path, distribution }) => ({
      path,
      q: "q" in distribution ? distribution.q : 0,
    }));
    this.#cells = new Float64Array(this.#coordinates.length);
    this.#units = new Uint16Array(this.#cells.buffer);
  }

  /** How many different configurations there are. */
  get size(): number {
    return this.#counts.size;
  }

  has(key: string): boolean {
    return this.#counts.has(key);
  }

  /**
   * The same text exactly for the same configuration: the bits of its values. A grid value is known by its number on
   * the grid, as it may differ by the noise of its last bits where it was given by hand.
   */
  keyOf(assignment: Assignment): string {
    this.#coordinates.forEach(({ path, q }, index) => {
      const value = assignment[path] ?? Number.NaN;
      this.#cells[index] = (q === 0 ? value : Math.round(value / q)) + 0; // + 0 turns -0 into 0
    });
    let key = "";
    for (const unit of this.#units) key += String.fromCharCode(unit);
    return key;
  }

  /** Holds exactly `trials` afterwards; what both have in front stays as it is. */
  update(trials: readonly Tried[]): void {
    let common = trials === this.#source ? this.#trials.length : 0;
    this.#source = trials;
    // Behind a trial that came in between, none is where it was.
    while (common > 0 && trials[common - 1] !== this.#trials[common - 1]) common--;
    while (common < trials.length && trials[common] === this.#trials[common]) common++;
    for (const key of this.#keys.splice(common)) this.#remove(key);
    this.#trials.length = common;
    for (const trial of common === 0 ? trials : trials.slice(common)) this.#add(trial);
  }

  #add(trial: Tried): void {
    const key = this.keyOf(trial.assignment);
    this.#trials.push(trial);
    this.#keys.push(key);
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1);
  }

  #remove(key: string): void {
    const others = (this.#counts.get(key) ?? 0) - 1;
    if (others > 0) this.#counts.set(key, others);
    else this.#counts.delete(key);
  }
}

interface Coordinate {
  readonly path: string;
  /** Distance of grid values; 0 where every different number is another value. */
  readonly q: number;
}

const indexOf = oncePer((space: CompiledSpace) => new Index(space));
