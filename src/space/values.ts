import type { Distribution } from "./distribution.ts";
import { isMultiple } from "./grid.ts";

/** Whether a distribution can take `value`; quantized ones up to rounding of the last bits. */
export function isInside(distribution: Distribution, value: number): boolean {
  if (!Number.isFinite(value)) return false;
  switch (distribution.kind) {
    case "uniform":
    case "loguniform":
      return value >= distribution.low && value <= distribution.high;
    case "uniformint":
      return Number.isInteger(value) && value >= distribution.low && value <= distribution.high;
    case "quniform":
    case "qloguniform":
      return isMultiple(value, distribution.q) && value >= distribution.low && value <= distribution.high;
    case "normal":
      return true;
    case "lognormal":
      return value > 0;
    case "qnormal":
      return isMultiple(value, distribution.q);
    case "qlognormal":
      return isMultiple(value, distribution.q) && value >= 0;
    case "randint":
      return Number.isInteger(value) && value >= distribution.low && value < distribution.upper;
    case "choice":
      return Number.isInteger(value) && value >= 0 && value < distribution.count;
    case "pchoice":
      return Number.isInteger(value) && value >= 0 && value < distribution.probabilities.length;
  }
}

/** The values that a distribution can take, for a message: `a number from 0 to 1`. */
export function describeValues(distribution: Distribution): string {
  switch (distribution.kind) {
    case "uniform":
    case "loguniform":
      return `a number from ${distribution.low} to ${distribution.high}`;
    case "uniformint":
      return `an integer from ${distribution.low} to ${distribution.high}`;
    case "quniform":
    case "qloguniform":
      return `a multiple of ${distribution.q} from ${distribution.low} to ${distribution.high}`;
    case "normal":
      return "a finite number";
    case "lognormal":
      return "a number above 0";
    case "qnormal":
    case "qlognormal":
      return `a multiple of ${distribution.q}${distribution.kind === "qnormal" ? "" : ", 0 or above"}`;
    case "randint":
      return `an integer from ${distribution.low} to ${distribution.upper - 1}`;
    case "choice":
      return `the index of one of ${distribution.count} options`;
    case "pchoice":
      return `the index of one of ${distribution.probabilities.length} options`;
  }
}
