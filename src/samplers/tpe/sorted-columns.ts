import type { Assignment } from "../../space/assignment.ts";
import type { CompiledSpace, Condition } from "../../space/compile.ts";
import { Column, type Sample } from "./column.ts";
import { forgettingWeights } from "./weights.ts";

/** Both sides' values of one dimension. */
export interface SplitColumns {
  readonly below: Sample;
  readonly above: Sample;
}

/**
 * The sorted columns of a space, brought up to date for each proposal.
 *
 * A study's history grows at its end, so nearly all of it is there already; what changed further back is taken out and
 * put in again. They hold what fresh ones would.
 */
export class SortedColumns {
  readonly #space: CompiledSpace;
  readonly #columns: readonly Column[];
  #assignments: readonly Assignment[] = [];

  /** @param warps for each dimension, from its value to the unit of its model */
  constructor(space: CompiledSpace, warps: readonly ((value: number) => number)[]) {
    this.#space = space;
    this.#columns = warps.map((warp) => new Column(warp));
  }

  /** @param assignments oldest first */
  update(assignments: readonly Assignment[]): void {
    const kept = this.#unchanged(assignments);
    const added = assignments.slice(kept);
    this.#space.dimensions.forEach(({ path }, index) => {
      const column = this.#columns[index];
      column?.truncate(kept);
      column?.append(added.map((assignment) => assignment[path]));
    });
    this.#assignments = assignments;
  }

  /** How many trials from the oldest on are as they were: the same object, or the same values read anew. */
  #unchanged(assignments: readonly Assignment[]): number {
    const length = Math.min(assignments.length, this.#assignments.length);
    for (let trial = 0; trial < length; trial++) {
      const assignment = assignments[trial];
      if (assignment === this.#assignments[trial] || assignment === undefined) continue;
      const same = this.#space.dimensions.every(({ path }, index) =>
        this.#columns[index]?.holds(trial, assignment[path]),
      );
      if (!same) return trial;
    }
    return length;
  }

  /**
   * Both sides of one dimension after another, each trial weighted by its age within its side.
   *
   * @param best trials of the below side
   * @returns by index of the dimension
   */
  part(best: readonly number[]): (dimension: number) => SplitColumns {
    const isBelow = new Uint8Array(this.#assignments.length);
    for (const trial of best) isBelow[trial] = 1;
    const groups = new Map<string, { weights: Float64Array; below: number }>();
    return (dimension) => {
      const column = this.#columns[dimension] ?? new Column((value) => value);
      const name = groupOf(this.#space.dimensions[dimension]?.condition ?? null);
      const group = groups.get(name) ?? weigh(column, isBelow);
      groups.set(name, group);
      return column.part(group.weights, group.below);
    };
  }
}

/** Dimensions under one condition are active in the same trials, so they share their weights. */
function groupOf(condition: Condition | null): string {
  return condition === null ? "" : `${condition.dimension}.${condition.option}`;
}

function weigh(column: Column, isBelow: Uint8Array): { weights: Float64Array; below: number } {
  let below = 0;
  for (let trial = 0; trial < isBelow.length; trial++) if (isBelow[trial] === 1 && column.isActive(trial)) below++;
  const lowWeights = forgettingWeights(below);
  const highWeights = forgettingWeights(column.active - below);
  const weights = new Float64Array(isBelow.length);
  let low = 0;
  let high = 0;
  for (let trial = 0; trial < isBelow.length; trial++) {
    if (!column.isActive(trial)) continue;
    weights[trial] = isBelow[trial] === 1 ? -(lowWeights[low++] ?? 1) : (highWeights[high++] ?? 1);
  }
  return { weights, below };
}
