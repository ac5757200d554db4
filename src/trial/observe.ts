import type { Observation, ObservedResult } from "./observation.ts";
import type { Trial } from "./trial.ts";

/**
 * What a sampler learns from a trial, or null where it learns nothing: from pending and cancelled ones.
 *
 * A pruned trial counts with its last finite report; one without any, a failed one and a loss that is NaN are failed.
 */
export function observationOf(trial: Trial): Observation | null {
  const result = resultOf(trial);
  if (result === null) return null;
  const { number, assignment, fidelity, reports } = trial;
  return fidelity === undefined
    ? { number, assignment, reports, result }
    : { number, assignment, fidelity, reports, result };
}

function resultOf(trial: Trial): ObservedResult | null {
  switch (trial.state) {
    case "queued":
    case "running":
    case "cancelled":
      return null;
    case "failed":
      return { kind: "failed" };
    case "pruned": {
      const last = trial.reports.findLast((report) => Number.isFinite(report.value));
      return last === undefined ? { kind: "failed" } : { kind: "pruned", losses: [last.value] };
    }
    case "complete": {
      const { losses, constraints } = trial;
      if (losses.some(Number.isNaN)) return { kind: "failed" };
      return constraints === undefined ? { kind: "complete", losses } : { kind: "complete", losses, constraints };
    }
  }
}
