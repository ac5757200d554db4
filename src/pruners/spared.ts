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
  const value = trial.reports.at(-1)?.value ?? Number.NaN;
  const complete = share === 0 ? [] : completeAt(rung, others);
  const ends = Float64Array.from(complete, ({ end }) => end).sort();
  const limit = ends[Math.max(1, Math.floor(share * ends.length)) - 1] ?? Number.NaN;
  return complete.some(({ reported, end }) => end <= limit && value <= reported);
}

/** What complete trials reported at a rung and came to; those that ended without a figure are none to go by. */
function completeAt(
  rung: number,
  others: readonly ReportedTrial[],
): readonly { readonly reported: number; readonly end: number }[] {
  return others.flatMap(({ state, reports }) => {
    const end = reports.at(-1)?.value ?? Number.NaN;
    const reported = firstFrom(reports, rung)?.value;
    return state === "complete" && reported !== undefined && !Number.isNaN(end) ? [{ reported, end }] : [];
  });
}
