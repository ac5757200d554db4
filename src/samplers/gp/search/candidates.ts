import { standardNormal } from "../../../numerics/normal.ts";
import type { Rng } from "../../../random/stream.ts";
import { type AllowedPoint, firstAllowed } from "../../allowed.ts";
import type { Coordinate } from "../../coordinates.ts";
import type { Point, PointSpace } from "../../points.ts";
import type { JointModels } from "../../tpe/joint/joint.ts";

/** How many candidates come from the space, from near the best trials, and from the model of good trials. */
const UNIFORM = 160;
const MUTATED = 80;
const MODELLED = 60;

/** Draws for each candidate, before it is done without where relations forbid them all. */
const TRIES = 10;

/** What candidates are made from. */
export interface Sources {
  /** The best trials, best first. */
  readonly tops: readonly Point[];
  /** Length-scales by dimension. */
  readonly lengths: ArrayLike<number>;
  readonly models: JointModels;
  readonly isAllowed: AllowedPoint | null;
  readonly rng: Rng;
}

/** Points among which the most promising is looked for. */
export function candidatesOf(points: PointSpace, { tops, lengths, models, isAllowed, rng }: Sources): readonly Point[] {
  const candidates: Point[] = [];
  const add = (count: number, draw: () => Point): void => {
    for (let i = 0; i < count; i++) {
      const point = firstAllowed(draw, isAllowed, TRIES);
      if (point !== null) candidates.push(point);
    }
  };
  add(UNIFORM, () => points.draw(rng));
  if (tops.length > 0) {
    add(MUTATED, () => {
      const top = tops[Math.floor(rng.next() * rng.next() * tops.length)] as Point; // the best ones more often
      return mutate(points, top, drawMutation(lengths, rng), rng);
    });
  }
  add(MODELLED, () => models.draw(rng));
  return candidates;
}

/** What a point is changed by. */
interface Mutation {
  /** The share of the dimensions that change. */
  readonly share: number;
  /** How far a place moves, by dimension. */
  readonly strides: ArrayLike<number>;
}

const LEAST_SHARE = 0.15;

/** A mutation from a wide range of sizes: of one dimension or all, by half a length-scale down to a hundredth of that. */
function drawMutation(lengths: ArrayLike<number>, rng: Rng): Mutation {
  const size = lengths.length;
  const shares = [1 / size, 2 / size, 0.5, 1];
  const share = Math.max(LEAST_SHARE, Math.min(1, shares[Math.floor(rng.next() * shares.length)] ?? 1));
  const scale = 0.5 * 10 ** (-2 * rng.next());
  return { share, strides: Array.from(lengths, (length) => scale * Math.min(1, length)) };
}

/** A point near another one: some of its dimensions moved, and what becomes active drawn from the space. */
function mutate(points: PointSpace, from: Point, mutation: Mutation, rng: Rng): Point {
  const last = points.size - 1;
  let changed = false;
  return points.fill((coordinate, index) => {
    const value = from[index] as number; // a point has all dimensions
    if (Number.isNaN(value)) {
      changed = true;
      return coordinate.quantile(rng.next());
    }
    if (rng.next() >= mutation.share && (changed || index < last)) return value;
    changed = true;
    return moved(coordinate, value, { stride: mutation.strides[index] ?? 0, rng });
  });
}

function moved(
  coordinate: Coordinate,
  value: number,
  { stride, rng }: { readonly stride: number; readonly rng: Rng },
): number {
  if (coordinate.kind === "categorical") return rng.next() < 0.5 ? coordinate.quantile(rng.next()) : value;
  const place = coordinate.snap(reflected(value + stride * standardNormal(rng)));
  if (!coordinate.grid || place !== value) return place;
  return coordinate.neighbour(value, rng.next() < 0.5 ? -1 : 1) ?? value;
}

/** Back into [0, 1] at the end that was passed. */
function reflected(place: number): number {
  if (place < 0) return Math.min(1, -place);
  return place > 1 ? Math.max(0, 2 - place) : place;
}
