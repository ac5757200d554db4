import { ParzenError } from "../errors.ts";
import { ETA, leastOf, rungsOf } from "../trial/fidelity.ts";
import { firstFrom } from "../trial/reports.ts";
import { integerFrom, type OptionRule, orNull } from "../trial/strategy-options.ts";
import type { PruningPlan, ReportedTrial } from "./pruner.ts";

/** The budgets at which trials are compared: `min * eta^k` below `max`, in the steps of reports. */
export interface Ladder {
  readonly min: number;
  /** Null while nothing tells how far a whole trial goes. */
  readonly max: number | null;
  readonly eta: number;
}

/** Options of a pruner with rungs, whole numbers. Null takes what the study's `fidelity` says, and without one the default. */
export interface LadderOptions {
  /** Step of the first rung, from 1 on and less than `max`. Default: a fifth of `max`, rounded down, at least 1. */
  readonly min?: number | null;
  /** The last step of a whole trial, from 2 on. Default: that of the longest complete trial. */
  readonly max?: number | null;
  /** Each rung is so many times as far as the one before, and one in so many trials passes it; from 2 on. Default 4. */
  readonly eta?: number | null;
}

/** The options with every default filled in: null is left to the study. */
export type LadderSettings = { readonly [K in keyof Ladder]: number | null };

/** The laws of {@link LadderOptions}. */
export const LADDER_RULES: { readonly [K in keyof Ladder]: OptionRule<number | null> } = {
  min: orNull(integerFrom(1, 1)),
  max: orNull(integerFrom(2, 2)),
  eta: orNull(integerFrom(2, ETA)),
};

/** @throws ParzenError OPTION_INVALID where there is no rung below `max` */
export function checkLadder(pruner: string, { min, max }: LadderSettings): void {
  if (min === null || max === null || min < max) return;
  throw new ParzenError("OPTION_INVALID", `${pruner} min: expected less than max, ${max}, received ${min}`);
}

/** @throws ParzenError OPTION_INVALID where the first rung is beyond what a trial of the study reports */
export function checkFirstRung(pruner: string, { min }: LadderSettings, { fidelity }: PruningPlan): void {
  if (min === null || fidelity === undefined || min < fidelity.max) return;
  throw new ParzenError(
    "OPTION_INVALID",
    `${pruner} min: expected less than the max of ${fidelity.name}, ${fidelity.max}, received ${min}`,
    { hint: "The first rung is where trials are first compared; beyond the last step none is ever pruned." },
  );
}

/** The ladder of a study as it is now. */
export function ladderOf(
  { min, max, eta }: LadderSettings,
  others: readonly ReportedTrial[],
  { fidelity }: PruningPlan,
): Ladder {
  const end = max ?? fidelity?.max ?? longestComplete(others);
  return {
    min: min ?? fidelity?.min ?? leastOf(end ?? 1),
    max: end,
    eta: eta ?? fidelity?.eta ?? ETA,
  };
}

function longestComplete(others: readonly ReportedTrial[]): number | null {
  let longest: number | null = null;
  for (const { state, reports } of others) {
    const step = state === "complete" ? reports.at(-1)?.step : undefined;
    if (step !== undefined && step > (longest ?? 0)) longest = step;
  }
  return longest;
}

/** The rungs that a trial has reached with its last report, and not before. */
export function rungsReached({ reports }: ReportedTrial, ladder: Ladder): readonly number[] {
  const step = reports.at(-1)?.step ?? -1;
  const before = reports.at(-2)?.step ?? -1;
  const max = Math.min(ladder.max ?? Number.POSITIVE_INFINITY, step + 1);
  return rungsOf({ ...ladder, max }).filter((rung) => rung > before);
}

/**
 * The rungs that a trial has just reached and at which it falls short: it is not among the best of those that came so
 * far, one in `eta`. While these are fewer than `eta`, the best one does not.
 */
export function rungsFailed(trial: ReportedTrial, others: readonly ReportedTrial[], ladder: Ladder): readonly number[] {
  const value = trial.reports.at(-1)?.value ?? Number.NaN;
  return rungsReached(trial, ladder).filter((rung) => {
    const { rivals, better } = standing(value, others, rung);
    const places = Math.max(1, Math.floor((rivals + 1) / ladder.eta));
    return rivals > 0 && !(better < places && !Number.isNaN(value));
  });
}

/** How many came to a rung, and how many of these with less. One loop: this is done at most reports of a study. */
function standing(
  value: number,
  others: readonly ReportedTrial[],
  rung: number,
): { readonly rivals: number; readonly better: number } {
  let [rivals, better] = [0, 0];
  for (const { reports } of others) {
    const rival = firstFrom(reports, rung)?.value;
    if (rival === undefined) continue;
    rivals++;
    if (rival < value) better++;
  }
  return { rivals, better };
}
