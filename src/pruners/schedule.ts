import type { Report } from "../trial/report.ts";
import { integerFrom, type OptionRule } from "../trial/strategy-options.ts";

/** At which of its reports a trial is judged. */
export interface Schedule {
  /** No trial is judged before this step. */
  readonly warmup: number;
  /** Judged once in so many steps, counted from `warmup`. */
  readonly interval: number;
}

/** @source the defaults of Optuna 5.0 (`n_warmup_steps`, `interval_steps`) */
export const SCHEDULE_RULES: { readonly [K in keyof Schedule]: OptionRule<number> } = {
  warmup: integerFrom(0, 0),
  interval: integerFrom(1, 1),
};

/** Whether the newest report is the first one in its interval. */
export function isDue(reports: readonly Report[], { warmup, interval }: Schedule): boolean {
  const last = reports.at(-1);
  if (last === undefined || last.step < warmup) return false;
  const began = last.step - ((last.step - warmup) % interval);
  return (reports.at(-2)?.step ?? -1) < began;
}
