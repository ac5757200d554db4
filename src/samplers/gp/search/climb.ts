import type { AllowedPoint } from "../../allowed.ts";
import type { Point, PointSpace } from "../../points.ts";
import type { Belief } from "../belief/belief.ts";

const STEPS = 12;
/** First step, as a share of a length-scale, and the longest first and later one. */
const FIRST_STRIDE = 0.15;
const LONGEST_FIRST = 0.1;
const LONGEST = 0.25;
/** What a stride becomes that goes on, and what is left of one that turned back or that relations forbade. */
const GROWN = 1.4;
const SHORTER = 0.4;

/** Where it is uphill, and where one may go. */
export interface Slope {
  readonly belief: Belief;
  /** Length-scales by dimension. */
  readonly lengths: ArrayLike<number>;
  readonly isAllowed: AllowedPoint | null;
}

/**
 * Moves the ordered dimensions of a point uphill by resilient steps, those of a grid as if they had none. A step to
 * where relations forbid is taken without the dimension, or all, that makes it so.
 *
 * @returns the best place on the way, each dimension on its grid again
 */
export function climb(points: PointSpace, from: Point, { belief, lengths, isAllowed }: Slope): Point {
  const { numeric } = points;
  const { posterior, acquisition } = belief;
  const strides = Float64Array.from(numeric, (index) => Math.min(LONGEST_FIRST, FIRST_STRIDE * (lengths[index] ?? 1)));
  const pace: Pace = { numeric, strides, before: new Float64Array(numeric.length) };
  const gradient = new Float64Array(numeric.length);
  const byVariance = new Float64Array(numeric.length);
  const at = Float64Array.from(from);
  let best = Float64Array.from(from);
  let highest = Number.NEGATIVE_INFINITY;
  for (let step = 1; ; step++) {
    const mean = posterior.mean(at);
    const deviation = Math.sqrt(posterior.variance());
    const value = acquisition.value(mean, deviation);
    if (value > highest) {
      highest = value;
      best = Float64Array.from(at);
    }
    if (step === STEPS) return snapped(points, best);
    posterior.slopes(gradient, byVariance);
    const { byMean, byDeviation } = acquisition.slopes(mean, deviation);
    byVariance.forEach((slope, d) => {
      gradient[d] = byMean * (gradient[d] as number) + byDeviation * (slope / (2 * deviation)); // one a dimension
    });
    const start = isAllowed === null ? at : Float64Array.from(at);
    stride(at, gradient, pace);
    if (isAllowed !== null) stepBack(points, { at, start, strides, isAllowed });
  }
}

/** How one climbs, by place among the ordered dimensions. */
interface Pace {
  /** The dimensions. */
  readonly numeric: readonly number[];
  readonly strides: Float64Array;
  /** The gradient of the step before. */
  readonly before: Float64Array;
}

/** Goes uphill in each dimension, farther while it keeps its direction. */
function stride(at: Float64Array, gradient: Float64Array, { numeric, strides, before }: Pace): void {
  for (let d = 0; d < numeric.length; d++) {
    const index = numeric[d] as number; // d is one of them, as below
    const place = at[index] as number;
    if (Number.isNaN(place)) continue;
    const uphill = gradient[d] as number;
    const agreement = uphill * (before[d] as number);
    const grown = (strides[d] as number) * (agreement > 0 ? GROWN : agreement < 0 ? SHORTER : 1);
    strides[d] = Math.min(LONGEST, grown);
    before[d] = uphill;
    at[index] = Math.min(1, Math.max(0, place + Math.sign(uphill) * (strides[d] as number)));
  }
}

/** A new point, each dimension on its grid. */
function snapped(points: PointSpace, from: Point): Point {
  return points.coordinates.reduce((point, coordinate, index) => {
    const place = point[index] as number; // a point has all dimensions
    if (coordinate.kind === "numeric" && !Number.isNaN(place)) point[index] = coordinate.snap(place);
    return point;
  }, Float64Array.from(from));
}

interface Step {
  /** Where it led. */
  readonly at: Float64Array;
  readonly start: Point;
  /** By place among the ordered dimensions. */
  readonly strides: Float64Array;
  readonly isAllowed: AllowedPoint;
}

/** Takes back what leads to where relations forbid: one dimension, if that is enough. Its next stride is shorter. */
function stepBack(points: PointSpace, { at, start, strides, isAllowed }: Step): void {
  if (isAllowed(snapped(points, at))) return;
  for (const [d, index] of points.numeric.entries()) {
    const place = at[index] as number; // one of its dimensions
    at[index] = start[index] as number;
    if (isAllowed(snapped(points, at))) {
      strides[d] = SHORTER * (strides[d] as number);
      return;
    }
    at[index] = place;
  }
  at.set(start);
  strides.forEach((stride, d) => {
    strides[d] = SHORTER * stride;
  });
}
