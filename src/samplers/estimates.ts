import { agrees } from "../numerics/rank-correlation.ts";
import type { Observation } from "../trial/observation.ts";
import type { Report } from "../trial/report.ts";
import { Curve } from "./curve.ts";
import { FurtherTrials } from "./further-trials.ts";

/** Of a trial that has not ended the latest finite report, where it has one. */
type Latest = Report | null;

/**
 * What trials that did not come to their end would probably have come to: their last report, seen beside what others
 * reported at that step and came to. A trial that was pruned later counts there with its own estimate, so those that
 * came furthest are estimated first.
 *
 * A pruned trial keeps its last report where nobody went further than it did, or figures are too large to reckon with.
 * It is never taken for better than all that went on, as it was stopped; one that runs may be.
 *
 * @param losses by observation; those of pruned trials are replaced
 * @param running latest reports of trials that run
 * @returns by running trial; NaN where what trials came to that went further does not go with what they had reported by
 * that step, as its report then says nothing of its end
 */
export function estimateUnfinished(
  losses: Float64Array,
  observations: readonly Observation[],
  running: readonly Latest[] = [],
): Float64Array {
  const ends = observations.map(endOf);
  const [endedAt, runningAt] = [byStep(ends), byStep(running)];
  const expected = new Float64Array(running.length).fill(Number.NaN);
  const further = new FurtherTrials(losses, observations);
  const steps = [...new Set([...endedAt.keys(), ...runningAt.keys()])].sort((left, right) => right - left);
  for (const step of steps) {
    const compared = further.at(step);
    const curve = compared === null ? null : new Curve(compared.reported, compared.losses);
    for (const trial of endedAt.get(step) ?? []) {
      const estimate = curve?.at(ends[trial]?.value ?? Number.NaN) ?? Number.NaN;
      if (Number.isFinite(estimate)) losses[trial] = estimate;
      further.add(trial);
    }
    const asked = runningAt.get(step) ?? [];
    if (asked.length === 0 || curve === null || compared === null || !agrees(compared.reported, compared.losses))
      continue;
    for (const trial of asked) expected[trial] = finite(curve.extended(running[trial]?.value ?? Number.NaN));
  }
  return expected;
}

/** The report at which a pruned trial ended. */
function endOf({ result, reports }: Observation): Latest {
  if (result.kind !== "pruned") return null;
  return reports.findLast(({ value }) => Number.isFinite(value)) ?? null;
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : Number.NaN;
}

/** Which trials are at each step. */
function byStep(reports: readonly Latest[]): Map<number, number[]> {
  const trials = new Map<number, number[]>();
  reports.forEach((report, trial) => {
    if (report === null) return;
    const others = trials.get(report.step);
    if (others === undefined) trials.set(report.step, [trial]);
    else others.push(trial);
  });
  return trials;
}
