import type { Rng } from "../../../random/stream.ts";
import type { AllowedPoint } from "../../allowed.ts";
import type { Point, PointSpace } from "../../points.ts";
import type { Belief, Scored } from "../belief/belief.ts";
import { distancesOf } from "../kernel/kernel.ts";
import { climb } from "./climb.ts";
import { ascendDiscrete } from "./coordinate-ascent.ts";
import { mostPromising } from "./screen.ts";

/** Candidates that are improved, and rounds of both ascents for each. */
const STARTS = 3;
const ROUNDS = 2;
/** Starts lie at least this far from each other, in squared length-scales. */
const APART = 0.05;

/** What is maximized, and where. */
interface Maximization {
  readonly belief: Belief;
  readonly candidates: readonly Point[];
  readonly isAllowed: AllowedPoint | null;
  /** Whether a point may be proposed: it is allowed and was not tried. */
  readonly isOpen: (point: Point) => boolean;
  /** The best of the trials so far. */
  readonly incumbent: Point;
  /** Length-scales by dimension. */
  readonly lengths: ArrayLike<number>;
  readonly rng: Rng;
}

/** The most promising point that can be found from the candidates, null where none of them is open. */
export function maximize(points: PointSpace, search: Maximization): Point | null {
  const screened = mostPromising(search.belief, search.candidates, { count: STARTS + 1, isOpen: search.isOpen });
  let best: Scored | null = screened[0] ?? null;
  for (const start of startsOf(search.belief, screened)) {
    const found = improve(points, start, search);
    if (best === null || found.score > best.score) best = found;
  }
  return best?.point ?? null;
}

/** Climbs, by all ordered dimensions and by single ones, until nothing changes. */
function improve(points: PointSpace, start: Scored, search: Maximization): Scored {
  const { belief, isOpen, incumbent, rng } = search;
  let best = start;
  for (let round = 0; round < ROUNDS; round++) {
    if (points.numeric.length > 0) {
      const point = climb(points, best.point, search);
      const score = belief.scoreAbove(point, best.score);
      if (score !== null && score > best.score && isOpen(point)) best = { point, score };
    }
    const ascended = ascendDiscrete(points, best, { belief, isOpen, like: incumbent, rng });
    if (ascended === best) break;
    best = ascended;
  }
  return best;
}

function startsOf(belief: Belief, screened: readonly Scored[]): readonly Scored[] {
  const { kernel } = belief.posterior;
  const starts: Scored[] = [];
  const features = kernel.features(STARTS + 1);
  const distances = distancesOf(STARTS);
  for (const candidate of screened) {
    const count = starts.length;
    if (count === STARTS) break;
    kernel.fillFeatures(features, count, candidate.point);
    kernel.fillDistances({ x: features, row: count, y: features, count }, distances);
    if (distances.squared.subarray(0, count).every((distance) => distance >= APART)) starts.push(candidate);
  }
  return starts;
}
