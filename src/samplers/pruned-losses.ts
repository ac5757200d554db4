import type { Observation } from "../trial/observation.ts";
import type { Report } from "../trial/report.ts";
import { lastUntil } from "../trial/reports.ts";
import { Curve } from "./curve.ts";

/**
 * What a pruned trial would probably have come to: its last report, seen beside what others reported at that step and
 * came to. A trial that was stopped later counts there with its own estimate, so the longest are estimated first.
 *
 * Where nobody went further than it did, or figures are too large to reckon with, it keeps its last report.
 *
 * @param losses by observation; those of pruned trials are replaced
 */
export function estimatePruned(losses: Float64Array, observations: readonly Observation[]): void {
  const ends = observations.map(endOf);
  const steps = [...new Set(ends.flatMap((end) => end?.step ?? []))].sort((left, right) => right - left);
  for (const step of steps) {
    const curve = curveAt(step, { losses, observations, ends });
    if (curve === null) continue;
    ends.forEach((end, trial) => {
      const estimate = end?.step === step ? curve.at(end.value) : Number.NaN;
      if (Number.isFinite(estimate)) losses[trial] = estimate;
    });
  }
}

/** The report at which a pruned trial ended. */
function endOf({ result, reports }: Observation): Report | null {
  if (result.kind !== "pruned") return null;
  return reports.findLast(({ value }) => Number.isFinite(value)) ?? null;
}

interface Known {
  readonly losses: Float64Array;
  readonly observations: readonly Observation[];
  readonly ends: readonly (Report | null)[];
}

/** From a value at a step to what trials came to that went further; null where there are none. */
function curveAt(step: number, { losses, observations, ends }: Known): Curve | null {
  const points: [value: number, loss: number][] = [];
  observations.forEach(({ result, reports }, trial) => {
    const loss = losses[trial] ?? Number.NaN;
    const end = ends[trial]?.step;
    const wentOn = result.kind === "complete" || (end !== undefined && end > step);
    const value = wentOn ? lastUntil(reports, step)?.value : undefined;
    if (value !== undefined && Number.isFinite(value) && Number.isFinite(loss)) points.push([value, loss]);
  });
  return points.length === 0 ? null : new Curve(points);
}
