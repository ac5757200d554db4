import { agrees } from "../numerics/rank-correlation.ts";
import { leastOf } from "../trial/fidelity.ts";
import type { Report } from "../trial/report.ts";
import { firstFrom } from "../trial/reports.ts";
import type { ReportedTrial } from "./pruner.ts";

/** Who is spared at a rung. */
interface Sparing {
  readonly rung: number;
  /** The last step of a whole trial; null while nothing tells. */
  readonly max: number | null;
  /** Of the complete trials, the best ones that are looked at, at least one; 0 for none. */
  readonly share: number;
}

/**
 * Whether a trial goes on whatever its rank at a rung: its best since half way there is no worse than that of one of the
 * best complete trials was, or the rung comes early and has not been seen to tell anything of the end.
 */
export function isSpared(
  { reports }: ReportedTrial,
  others: readonly ReportedTrial[],
  { rung, max, share }: Sparing,
): boolean {
  if (share === 0) return false;
  const complete = completeAt(rung, others);
  const isEarly = max === null || rung < leastOf(max);
  if (isEarly && !agrees(complete.figures, complete.ends)) return true;
  const limit = complete.ends.slice().sort()[Math.max(1, Math.floor(share * complete.ends.length)) - 1] ?? Number.NaN;
  const figure = bestSinceHalfWay(reports, rung) ?? Number.NaN;
  return complete.ends.some((end, trial) => end <= limit && figure <= (complete.figures[trial] ?? Number.NaN));
}

/**
 * What complete trials had reported by a rung, and what they came to; those without such a figure are none to go by. Two
 * lists of numbers, as this is done of thousands at most reports of a study.
 */
function completeAt(
  rung: number,
  others: readonly ReportedTrial[],
): { readonly figures: Float64Array; readonly ends: Float64Array } {
  const figures: number[] = [];
  const ends: number[] = [];
  for (const { state, reports } of others) {
    if (state !== "complete") continue;
    const figure = bestSinceHalfWay(reports, rung) ?? Number.NaN;
    const end = reports.at(-1)?.value ?? Number.NaN;
    if (Number.isNaN(figure) || Number.isNaN(end)) continue;
    figures.push(figure);
    ends.push(end);
  }
  return { figures: Float64Array.from(figures), ends: Float64Array.from(ends) };
}

/** The best report since half way to the rung, so that one bad step does not count; NaN where the one at the rung is. */
function bestSinceHalfWay(reports: readonly Report[], rung: number): number | undefined {
  const last = firstFrom(reports, rung);
  if (last === undefined || Number.isNaN(last.value)) return last?.value;
  let best = last.value;
  for (const { step, value } of reports) {
    if (step >= last.step) break;
    if (2 * step >= rung && value < best) best = value;
  }
  return best;
}
