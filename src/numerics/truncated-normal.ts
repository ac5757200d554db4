import type { Rng } from "../random/stream.ts";
import { erf, erfc, erfcx } from "./erf.ts";
import { inverseNormalCdf } from "./inverse-normal.ts";
import { LOG_ROOT_TWO_PI, normalCdf, normalHazard } from "./normal.ts";

/** N(mu, sigma²) where it is held between two bounds, either of which may be infinite; low < high, sigma > 0. */
export interface TruncatedNormal {
  readonly mu: number;
  readonly sigma: number;
  readonly low: number;
  readonly high: number;
}

/**
 * ln P(low <= X <= high) of the normal that is truncated; as precise for an interval a thousand sigmas out, or 1e-9 of
 * one wide, as for one around mu.
 */
export function logMass(normal: TruncatedNormal): number {
  const tail = tailOf(normal);
  return tail === null ? logMassAround(normal) : logTailMass(tail) - LOG_ROOT_TWO_PI - 0.5 * tail.start * tail.start;
}

/**
 * The log-density at `x`, -Infinity outside the bounds. In a far tail nothing is lost between the density of the normal
 * and its mass, as both are taken relative to that at the nearer bound.
 */
export function logDensity(normal: TruncatedNormal, x: number): number {
  const { mu, sigma, low, high } = normal;
  if (!(x >= low && x <= high)) return Number.isNaN(x) ? x : Number.NEGATIVE_INFINITY;
  const tail = tailOf(normal);
  if (tail === null) {
    const z = (x - mu) / sigma;
    return -0.5 * z * z - LOG_ROOT_TWO_PI - Math.log(sigma) - logMassAround(normal);
  }
  const beyond = (tail.mirrored ? high - x : x - low) / sigma;
  return -beyond * (tail.start + 0.5 * beyond) - Math.log(sigma) - logTailMass(tail);
}

/** The value below which a share `p` of the truncated normal lies, for p in [0, 1]; never outside the bounds. */
export function quantile(normal: TruncatedNormal, p: number): number {
  const { mu, sigma, low, high } = normal;
  const tail = tailOf(normal);
  const x = tail === null ? mu + sigma * quantileAround(normal, p) : quantileInTail(normal, tail, p);
  return Math.min(high, Math.max(low, x));
}

/** A draw by its quantile: one uniform a draw. */
export function drawTruncatedNormal(normal: TruncatedNormal, rng: Rng): number {
  return quantile(normal, rng.next());
}

/** An interval on one side of mu, in sigmas, as seen from mu outwards. */
interface Tail {
  /** From mu to the nearer bound; 0 or above. */
  readonly start: number;
  /** Infinity where there is no farther bound. */
  readonly width: number;
  /** Whether the interval lies below mu. */
  readonly mirrored: boolean;
}

/** Null where mu lies between the bounds. */
function tailOf({ mu, sigma, low, high }: TruncatedNormal): Tail | null {
  if (low >= mu) return { start: (low - mu) / sigma, width: (high - low) / sigma, mirrored: false };
  if (high <= mu) return { start: (mu - high) / sigma, width: (high - low) / sigma, mirrored: true };
  return null;
}

/** ln of the mass of a tail, relative to the density at its start: ln ∫ φ(start + t)/φ(start) dt. */
function logTailMass({ start, width }: Tail): number {
  if (width * (1 + start) < NARROW) {
    // by Taylor around the middle, where the ratio of the masses below would be all rounding error
    const middle = start + 0.5 * width;
    const curvature = ((middle * middle - 1) * width * width) / 24;
    return Math.log(width) - 0.5 * width * (start + 0.25 * width) + Math.log1p(curvature);
  }
  return Math.log(-Math.expm1(logSurvival(start, width))) - Math.log(normalHazard(start));
}

/** Intervals of less than this over the scale on which the density changes are taken for parabolas. */
const NARROW = 1e-3;

/** ln P(X > start + t | X > start) of N(0, 1), start and t 0 or above. */
function logSurvival(start: number, t: number): number {
  if (t === Number.POSITIVE_INFINITY) return Number.NEGATIVE_INFINITY;
  const ratio = erfcx((start + t) * Math.SQRT1_2) / erfcx(start * Math.SQRT1_2);
  return -t * (start + 0.5 * t) + Math.log(ratio);
}

/** The mass of an interval around mu. */
function logMassAround({ mu, sigma, low, high }: TruncatedNormal): number {
  const below = ((mu - low) / sigma) * Math.SQRT1_2;
  const above = ((high - mu) / sigma) * Math.SQRT1_2;
  const outside = 0.5 * (erfc(below) + erfc(above));
  return outside < 0.5 ? Math.log1p(-outside) : Math.log(0.5 * (erf(below) + erf(above)));
}

/** In sigmas from mu, which lies between the bounds. */
function quantileAround({ mu, sigma, low, high }: TruncatedNormal, p: number): number {
  const [from, to] = [(low - mu) / sigma, (high - mu) / sigma];
  if (to - from < FLAT) return from + p * (to - from);
  const mass = Math.exp(logMassAround({ mu, sigma, low, high }));
  const lower = normalCdf(from) + p * mass;
  // each half is counted from its own end, where small masses are precise
  return lower < 0.5 ? inverseNormalCdf(lower) : -inverseNormalCdf(normalCdf(-to) + (1 - p) * mass);
}

/** The density of an interval around mu that is narrower than this is constant to 1e-9. */
const FLAT = 1e-4;

function quantileInTail({ sigma, low, high }: TruncatedNormal, tail: Tail, p: number): number {
  const t = sigma * tailQuantile(tail, tail.mirrored ? [1 - p, p] : [p, 1 - p]);
  return tail.mirrored ? high - t : low + t;
}

/**
 * How far beyond the start of a tail a share of it ends; `rest` is 1 - `share`, given too for being precise near 0.
 *
 * Newton's method on the logarithm of the survival function, which is concave: from the second step on it comes nearer
 * from one side. It begins with the quantile of x·φ(x), which in a far tail is already right.
 */
function tailQuantile(tail: Tail, [share, rest]: readonly [share: number, rest: number]): number {
  const { start, width } = tail;
  if (width * (1 + start) < STRAIGHT) return width * share * (1 - 0.5 * start * width * rest);
  const end = logSurvival(start, width);
  const target = rest < 0.5 ? Math.log(rest + share * Math.exp(end)) : Math.log1p(share * Math.expm1(end));
  if (target === 0) return 0;
  if (target === Number.NEGATIVE_INFINITY) return width;
  let t = (-2 * target) / (start + Math.hypot(start, Math.sqrt(-2 * target)));
  for (let step = 0; step < MAX_STEPS; step++) {
    const change = (logSurvival(start, t) - target) / normalHazard(start + t);
    t = Math.max(0, t + change);
    if (Math.abs(change) <= 1e-14 * t + Number.EPSILON / (1 + start)) break;
  }
  return t;
}

/** Newton's method takes 3 to 5. */
const MAX_STEPS = 20;

/** Over this much of the scale on which it changes, the density of a tail is a straight line to 1e-10. */
const STRAIGHT = 1e-5;
