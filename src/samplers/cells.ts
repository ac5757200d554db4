import type { Distribution } from "../space/distribution.ts";
import { firstMultiple, lastMultiple } from "../space/grid.ts";

/** The grid values of a bounded, quantized distribution, and the interval that their cells cover. */
export interface Cells {
  readonly q: number;
  /** The grid values are k·q for k from `first` to `last`. */
  readonly first: number;
  readonly last: number;
  /** Half a cell below the first value; above 0 for the log kind. */
  readonly low: number;
  /** Half a cell above the last value. */
  readonly high: number;
}

/** The cells of a quantized distribution with bounds, null for every other. */
export function cellsOf(distribution: Distribution): Cells | null {
  switch (distribution.kind) {
    case "uniformint":
      return cells(distribution.low, distribution.high, 1);
    case "quniform":
      return cells(distribution.low, distribution.high, distribution.q);
    case "qloguniform": {
      const grid = cells(distribution.low, distribution.high, distribution.q);
      return grid.low > 0 ? grid : { ...grid, low: distribution.low };
    }
    default:
      return null;
  }
}

function cells(lowest: number, highest: number, q: number): Cells {
  const first = firstMultiple(lowest, q);
  const last = lastMultiple(highest, q);
  return { q, first, last, low: (first - 0.5) * q, high: (last + 0.5) * q };
}
