import { invalid, isCount } from "./option-check.ts";

/** An intermediate result of a running trial. Inside, lower is better; NaN never is. */
export interface Report {
  /** Non-negative integer, e.g. the epoch. A repeated step is ignored. */
  readonly step: number;
  readonly value: number;
}

/** What a trial is told when it reports. */
export type Verdict = (typeof VERDICTS)[number];

export const VERDICTS = ["continue", "prune", "cancel"] as const;

/**
 * @param call what was called with it, for the message
 * @throws ParzenError with code OPTION_INVALID for a report that no store could keep
 */
export function checkReport(step: unknown, value: unknown, call = "trial.report(step, value)"): void {
  if (!isCount(0)(step)) throw invalid(call, "step to be 0, 1, 2 ...", step);
  if (typeof value !== "number") throw invalid(call, "value to be a number", value);
}
