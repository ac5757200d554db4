import type { Rng } from "../../../random/stream.ts";
import type { Point, PointSpace } from "../../points.ts";
import type { Belief, Scored } from "../belief/belief.ts";

/** Categories of one dimension that are tried at most. */
const MOST_CATEGORIES = 12;

export interface Ascent {
  readonly belief: Belief;
  readonly isOpen: (point: Point) => boolean;
  /** What becomes active with a change takes its value from here, if it has one. */
  readonly like: Point;
  readonly rng: Rng;
}

/** Tries every other category and both neighbours on each grid, one dimension after another, and keeps what helps. */
export function ascendDiscrete(points: PointSpace, from: Scored, ascent: Ascent): Scored {
  let best = from;
  for (let index = 0; index < points.size; index++) {
    const value = best.point[index] as number; // index < points.size
    if (Number.isNaN(value)) continue;
    for (const other of alternatives(points, index, { value, rng: ascent.rng })) {
      const point = changed(points, best.point, { index, value: other, ...ascent });
      const score = ascent.belief.scoreAbove(point, best.score);
      if (score !== null && score > best.score + 1e-9 && ascent.isOpen(point)) best = { point, score };
    }
  }
  return best;
}

function alternatives(
  points: PointSpace,
  index: number,
  { value, rng }: { readonly value: number; readonly rng: Rng },
): readonly number[] {
  const coordinate = points.coordinates[index];
  if (coordinate === undefined) return [];
  if (coordinate.kind === "numeric") {
    const neighbours = [coordinate.neighbour(value, -1), coordinate.neighbour(value, 1)];
    return neighbours.filter((place) => place !== null);
  }
  if (coordinate.count <= MOST_CATEGORIES + 1) {
    const others = Array.from({ length: coordinate.count }, (_, category) => category);
    return others.filter((category) => category !== value && coordinate.probability(category) > 0);
  }
  const drawn = Array.from({ length: MOST_CATEGORIES }, () => coordinate.quantile(rng.next()));
  return drawn.filter((category) => category !== value);
}

/** One dimension changed, and with it what is active below it. */
function changed(
  points: PointSpace,
  from: Point,
  { index, value, like, rng }: { readonly index: number; readonly value: number } & Pick<Ascent, "like" | "rng">,
): Point {
  return points.fill((coordinate, at) => {
    if (at === index) return value;
    const kept = from[at] as number; // points have all dimensions
    if (!Number.isNaN(kept)) return kept;
    const other = like[at] as number;
    return Number.isNaN(other) ? coordinate.quantile(rng.next()) : other;
  });
}
