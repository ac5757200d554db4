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
      return multiple(clamp(Math.round(draw / distribution.q), -LAST_EXACT, LAST_EXACT), distribution.q);
    case "qlognormal":
      return multiple(clamp(Math.round(draw / distribution.q), 0, LAST_EXACT), distribution.q);
    default:
      return draw;
  }
}

/** Multiples beyond this are no longer told apart. */
const LAST_EXACT = Number.MAX_SAFE_INTEGER;

function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value)) + 0; // + 0 turns -0 into 0
}
