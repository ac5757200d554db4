import type { Rng } from "../random/stream.ts";
import type { Assignment } from "../space/assignment.ts";
import type { CompiledSpace } from "../space/compile.ts";
import { type Coordinate, coordinateOf } from "./coordinates.ts";
import { oncePer } from "./once.ts";

/**
 * A configuration as models see it, by index of the dimension: a place in [0, 1], the index of a category, or NaN
 * where the dimension is not active.
 */
export type Point = Float64Array;

/** Turns configurations into points and back. */
export class PointSpace {
  readonly space: CompiledSpace;
  readonly coordinates: readonly Coordinate[];
  /** Indices of the ordered dimensions, and of those without order. */
  readonly numeric: readonly number[];
  readonly categorical: readonly number[];
  readonly #known = new WeakMap<Assignment, Point>();

  constructor(space: CompiledSpace) {
    this.space = space;
    this.coordinates = space.dimensions.map(({ distribution }) => coordinateOf(distribution));
    const indicesOf = (kind: Coordinate["kind"]): number[] =>
      this.coordinates.flatMap((coordinate, index) => (coordinate.kind === kind ? [index] : []));
    this.numeric = indicesOf("numeric");
    this.categorical = indicesOf("categorical");
  }

  get size(): number {
    return this.coordinates.length;
  }

  isActive(point: Point, index: number): boolean {
    const condition = this.space.dimensions[index]?.condition ?? null;
    return condition === null || point[condition.dimension] === condition.option;
  }

  /** The point of an assignment, the same object for the same object; not to be changed. */
  pointOf(assignment: Assignment): Point {
    let point = this.#known.get(assignment);
    if (point === undefined) {
      point = Float64Array.from(this.coordinates, (coordinate, index) => {
        const value = assignment[this.space.dimensions[index]?.path ?? ""];
        if (value === undefined) return Number.NaN;
        return coordinate.kind === "numeric" ? coordinate.toUnit(value) : coordinate.toIndex(value);
      });
      this.#known.set(assignment, point);
    }
    return point;
  }

  assignmentOf(point: Point): Assignment {
    const values: Record<string, number> = {};
    this.coordinates.forEach((coordinate, index) => {
      const at = point[index] ?? Number.NaN;
      const path = this.space.dimensions[index]?.path;
      if (path === undefined || Number.isNaN(at)) return;
      values[path] = coordinate.kind === "numeric" ? coordinate.fromUnit(at) : coordinate.fromIndex(at);
    });
    return values;
  }

  /** The point at one quantile of the space for each dimension. */
  quantile(units: ArrayLike<number>): Point {
    return this.fill((coordinate, index) => coordinate.quantile(units[index] ?? 0));
  }

  /** A draw from the space. */
  draw(rng: Rng): Point {
    return this.fill((coordinate) => coordinate.quantile(rng.next()));
  }

  /** Gives every active dimension a place, parents before their children. */
  fill(choose: (coordinate: Coordinate, index: number, point: Point) => number): Point {
    const point = new Float64Array(this.size);
    for (let index = 0; index < this.size; index++) {
      const coordinate = this.coordinates[index];
      if (coordinate === undefined) continue;
      point[index] = this.isActive(point, index) ? choose(coordinate, index, point) : Number.NaN;
    }
    return point;
  }
}

/** The points of a space, made once. */
export const pointSpaceOf: (space: CompiledSpace) => PointSpace = oncePer((space) => new PointSpace(space));
