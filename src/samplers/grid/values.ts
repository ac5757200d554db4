import { countValues, finiteValue } from "../../space/configurations.ts";
import { type Distribution, isLogarithmic } from "../../space/distribution.ts";
import { nearestValue } from "../nearest.ts";
import { priorQuantile } from "../prior.ts";

/** Ascending values, as many as there may be without being written out. */
export interface GridValues {
  readonly count: number;
  at(index: number): number;
}

/**
 * The values of one dimension on a grid: all of a finite one unless `thin`, else `steps` of them.
 *
 * Bounded dimensions are cut into even steps from end to end, log kinds in the logarithm; unbounded ones into steps of
 * equal probability, each at its median. Values that fall together on a quantized dimension count once.
 */
export function gridValues(distribution: Distribution, steps: number, thin: boolean): GridValues {
  const count = countValues(distribution);
  if (count !== Number.POSITIVE_INFINITY && (!thin || !("high" in distribution) || count <= steps)) {
    return { count, at: (index) => finiteValue(distribution, index) };
  }
  const values = Array.from({ length: steps }, (_, step) =>
    nearestValue(distribution, valueAt(distribution, step, steps)),
  );
  const different = [...new Set(values)];
  return { count: different.length, at: (index) => different[index] ?? Number.NaN };
}

function valueAt(distribution: Distribution, step: number, steps: number): number {
  if (!("high" in distribution)) return priorQuantile(distribution, (step + 0.5) / steps);
  const { low, high } = distribution;
  if (steps > 1 && step === 0) return low;
  if (steps > 1 && step === steps - 1) return high;
  const share = steps === 1 ? 0.5 : step / (steps - 1);
  const value = isLogarithmic(distribution) ? between(low, high, share) : low + (high - low) * share;
  return short(value, (high - low) / steps);
}

/** Without noise, 0.3 for 0.30000000000000004; as it is where that would show in a step of such a `width`. */
function short(value: number, width: number): number {
  const rounded = Number(value.toPrecision(12));
  return Math.abs(rounded - value) <= width / 1000 ? rounded : value;
}

/** Evenly in the logarithm, also where `high / low` is beyond all numbers. */
function between(low: number, high: number, share: number): number {
  const ratio = high / low;
  return Number.isFinite(ratio) ? low * ratio ** share : low ** (1 - share) * high ** share;
}
