import { ParzenError } from "../errors.ts";
import type { Report } from "../trial/report.ts";
import { anyNumber, orNull, resolveOptions } from "../trial/strategy-options.ts";
import type { Pruner } from "./pruner.ts";
import { isDue, SCHEDULE_RULES, type Schedule } from "./schedule.ts";

/** Options of {@link threshold}; at least one bound. Bounds are in the direction of the study's loss, as reports are. */
export interface ThresholdOptions {
  /** A report below it prunes. Default null, no bound. */
  readonly lower?: number | null;
  /** A report above it prunes. Default null, no bound. */
  readonly upper?: number | null;
  /** No report is judged before this step, a whole number from 0 on. Default 0. */
  readonly warmup?: number;
  /** Judged once in so many steps, counted from `warmup`; a whole number from 1 on. Default 1. */
  readonly interval?: number;
}

const RULES = { lower: orNull(anyNumber), upper: orNull(anyNumber), ...SCHEDULE_RULES };

/**
 * Prunes a trial that reports NaN or a value out of bounds, whatever other trials did.
 *
 * @throws ParzenError OPTION_INVALID, also where no bound is given, or they are the wrong way round
 * @source decides as Optuna 5.0's ThresholdPruner
 */
export function threshold(options: ThresholdOptions): Pruner {
  const settings = resolveOptions("threshold", RULES, options);
  const { lower, upper } = settings;
  if (lower === null && upper === null) throw refused("expected a bound: lower, upper or both");
  if (lower !== null && upper !== null && lower > upper) throw refused(`lower ${lower} is above upper ${upper}`);
  const within = (bounds: Bounds): Pruner => ({
    name: "threshold",
    options: settings,
    judge: ({ reports }) => (isOutside(reports, bounds, settings) ? "prune" : "continue"),
    turned: () => within({ lower: negated(bounds.upper), upper: negated(bounds.lower) }),
  });
  return within({ lower, upper });
}

interface Bounds {
  readonly lower: number | null;
  readonly upper: number | null;
}

function isOutside(reports: readonly Report[], { lower, upper }: Bounds, schedule: Schedule): boolean {
  const last = reports.at(-1);
  if (last === undefined || !isDue(reports, schedule)) return false;
  const { value } = last;
  return Number.isNaN(value) || (lower !== null && value < lower) || (upper !== null && value > upper);
}

function negated(bound: number | null): number | null {
  return bound === null ? null : -bound;
}

function refused(why: string): ParzenError {
  return new ParzenError("OPTION_INVALID", `threshold: ${why}`);
}
