/** An intermediate result of a running trial. Inside, lower is better; NaN never is. */
export interface Report {
  /** Non-negative integer, e.g. the epoch. A repeated step is ignored. */
  readonly step: number;
  readonly value: number;
}

/** What a trial is told when it reports. */
export type Verdict = (typeof VERDICTS)[number];

export const VERDICTS = ["continue", "prune", "cancel"] as const;
