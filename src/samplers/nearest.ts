import type { Distribution } from "../space/distribution.ts";
import { firstMultiple, lastMultiple, multiple } from "../space/grid.ts";

/** The value nearest to a draw that its distribution can take: inside the bounds, and on the grid of a quantized one. */
export function nearestValue(distribution: Distribution, draw: number): number {
  switch (distribution.kind) {
    case "uniform":
    case "loguniform":
      return clamp(draw, distribution.low, distribution.high);
    case "uniformint":
      return clamp(Math.round(draw), distribution.low, distribution.high);
    case "quniform":
    case "qloguniform": {
      const { low, high, q } = distribution;
      return multiple(clamp(Math.round(draw / q), firstMultiple(low, q), lastMultiple(high, q)), q, low, high);
    }
    case "normal":
      return clamp(draw, -Number.MAX_VALUE, Number.MAX_VALUE);
    case "lognormal":
      return clamp(draw, Number.MIN_VALUE, Number.MAX_VALUE);
    case "qnormal":
      return nearestMultiple(draw, distribution.q, -lastExact(distribution.q));
    case "qlognormal":
      return nearestMultiple(draw, distribution.q, 0);
    default:
      return draw;
  }
}

/** @param first how many steps from 0 the lowest multiple is */
function nearestMultiple(draw: number, q: number, first: number): number {
  return multiple(clamp(Math.round(draw / q), first, lastExact(q)), q);
}

/** How many steps from 0 multiples are finite, also rounded to 15 digits, and still told apart. */
function lastExact(q: number): number {
  return Math.min(Number.MAX_SAFE_INTEGER, Math.floor(GREATEST / q));
}

const GREATEST = Number.MAX_VALUE * (1 - 1e-14);

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value)) + 0; // + 0 turns -0 into 0
}
