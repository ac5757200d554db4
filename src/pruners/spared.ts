import { firstFrom } from "../trial/reports.ts";
import type { ReportedTrial } from "./pruner.ts";

/** Who is spared at a rung. */
interface Sparing {
  readonly rung: number;
  /** Of the complete trials, the best ones that are looked at, at least one; 0 for none. */
  readonly share: number;
}

/** Whether a trial is no worse at a rung than one of the best complete trials was there. */
export function isSpared(trial: ReportedTrial, others: readonly ReportedTrial[], { rung, share }: Sparing): boolean {
  if (share === 0) return false;
  const value = trial.reports.at(-1)?.value ?? Number.NaN;
  const { reported, ends } = completeAt(rung, others);
  const sorted = Float64Array.from(ends).sort();
  const limit = sorted[Math.max(1, Math.floor(share * sorted.length)) - 1] ?? Number.NaN;
  return ends.some((end, at) => end <= limit && value <= (reported[at] ?? Number.NaN));
}

/**
 * What complete trials reported at a rung, and what they came to; those that ended without a figure are none to go by. Two
 * lists of numbers, as this is done of thousands at most reports of a study.
 */
function completeAt(
  rung: number,
  others: readonly ReportedTrial[],
): { readonly reported: readonly number[]; readonly ends: readonly number[] } {
  const reported: number[] = [];
  const ends: number[] = [];
  for (const { state, reports } of others) {
    if (state !== "complete") continue;
    const end = reports.at(-1)?.value ?? Number.NaN;
    const at = firstFrom(reports, rung)?.value;
    if (at === undefined || Number.isNaN(end)) continue;
    reported.push(at);
    ends.push(end);
  }
  return { reported, ends };
}
