import type { JsonObject } from "../trial/json.ts";
import { reportAt } from "../trial/reports.ts";
import { integerFrom, numberBetween, resolveOptions } from "../trial/strategy-options.ts";
import type { Pruner, ReportedTrial } from "./pruner.ts";
import { isDue, SCHEDULE_RULES, type Schedule } from "./schedule.ts";

/** Options of {@link median}, whole numbers. */
export interface MedianOptions {
  /** Complete trials before any is pruned, from 0 on. Default 5. */
  readonly startup?: number;
  /** No trial is judged before this step, from 0 on. Default 0. */
  readonly warmup?: number;
  /** Judged once in so many steps, counted from `warmup`; from 1 on. Default 1. */
  readonly interval?: number;
  /** Complete trials that must have reported the step, from 1 on. Default 1. */
  readonly least?: number;
}

/** Options of {@link percentile}. */
export interface PercentileOptions extends MedianOptions {
  /** Of the complete trials, the best so many in a hundred set the bound; above 0, below 100. Default 25. */
  readonly percentile?: number;
}

interface Settings extends Schedule {
  readonly percentile: number;
  readonly startup: number;
  readonly least: number;
}

/** @source the defaults of Optuna 5.0's MedianPruner */
const RULES = { startup: integerFrom(0, 5), ...SCHEDULE_RULES, least: integerFrom(1, 1) };

/**
 * Prunes a trial whose best report so far is worse than the median of what complete trials reported at the same step.
 *
 * @throws ParzenError OPTION_INVALID
 * @source Golovin et al. 2017 (KDD), section 3.2; decides as Optuna 5.0's MedianPruner
 */
export function median(options: MedianOptions = {}): Pruner {
  const settings = resolveOptions("median", RULES, options);
  return comparing("median", settings, { ...settings, percentile: 50 });
}

/**
 * Prunes a trial whose best report so far is worse than a percentile of what complete trials reported at the same step.
 *
 * @throws ParzenError OPTION_INVALID
 * @source decides as Optuna 5.0's PercentilePruner
 */
export function percentile(options: PercentileOptions = {}): Pruner {
  const settings = resolveOptions("percentile", { percentile: numberBetween(0, 100, 25), ...RULES }, options);
  return comparing("percentile", settings, settings);
}

function comparing(name: string, options: JsonObject, settings: Settings): Pruner {
  return {
    name,
    options,
    judge: (trial, others) => (isWorse(trial, others, settings) ? "prune" : "continue"),
  };
}

function isWorse({ reports }: ReportedTrial, others: readonly ReportedTrial[], settings: Settings): boolean {
  const last = reports.at(-1);
  if (last === undefined || !isDue(reports, settings)) return false;
  const complete = others.filter(({ state }) => state === "complete");
  if (complete.length === 0 || complete.length < settings.startup) return false;
  const values = valuesAt(complete, last.step);
  if (values.length < settings.least) return false;
  const best = reports.reduce((least, { value }) => (value < least ? value : least), Number.POSITIVE_INFINITY);
  const bound = percentileOf(values, settings.percentile);
  const isNothing = reports.every(({ value }) => Number.isNaN(value));
  return isNothing || best > bound;
}

/** What trials reported at exactly this step, NaN included: of thousands, at every report of another one. */
function valuesAt(trials: readonly ReportedTrial[], step: number): readonly number[] {
  const values: number[] = [];
  for (const { reports } of trials) {
    const value = reportAt(reports, step)?.value;
    if (value !== undefined) values.push(value);
  }
  return values;
}

/** Linear between neighbours; NaN where no value is a number. */
function percentileOf(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  const count = sorted.findLastIndex((value) => !Number.isNaN(value)) + 1; // NaN stands behind all numbers
  const place = (percent / 100) * (count - 1);
  const [below, share] = [Math.floor(place), place % 1];
  const low = count === 0 ? Number.NaN : (sorted[below] ?? Number.NaN);
  return share === 0 ? low : between(low, sorted[below + 1] ?? low, share);
}

/** Also where their difference is more than a number can say. */
function between(low: number, high: number, share: number): number {
  const isBeyond = high - low === Number.POSITIVE_INFINITY && Number.isFinite(low) && Number.isFinite(high);
  return isBeyond ? low * (1 - share) + high * share : low + (high - low) * share;
}
