import { erf, erfc, erfcx } from "./erf.ts";
import { LOG_ROOT_TWO_PI, normalHazard } from "./normal.ts";

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

/** An interval on one side of mu, in sigmas, as seen from mu outwards. */
interface Tail {
  /** From mu to the nearer bound; 0 or above. */
  readonly start: number;
  /** Infinity where there is no farther bound. */
  readonly width: number;
}

/** Null where mu lies between the bounds. */
function tailOf({ mu, sigma, low, high }: TruncatedNormal): Tail | null {
  if (low >= mu) return { start: (low - mu) / sigma, width: (high - low) / sigma };
  if (high <= mu) return { start: (mu - high) / sigma, width: (high - low) / sigma };
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
