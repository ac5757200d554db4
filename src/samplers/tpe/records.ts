import type { Assignment } from "../../space/assignment.ts";
import type { Observation } from "../../trial/observation.ts";
import type { ProposalRequest } from "../sampler.ts";

/** The trials that both models are made of, in order of their numbers, imported ones first. */
export interface Records {
  readonly assignments: readonly Assignment[];
  /** Never NaN; +Infinity for what failed, is pending, or gave NaN. */
  readonly losses: readonly number[];
}

/**
 * Finished and pending trials in one order.
 *
 * @param forgetNaN leaves trials of NaN loss out, as Hyperopt does, instead of counting them among the worst
 */
export function recordsOf({ observations, pending }: ProposalRequest, forgetNaN: boolean): Records {
  const assignments: Assignment[] = [];
  const losses: number[] = [];
  let next = 0;
  for (const observation of observations) {
    for (
      let waiting = pending[next];
      waiting && waiting.number < (observation.number ?? -1);
      waiting = pending[++next]
    ) {
      assignments.push(waiting.assignment);
      losses.push(Number.POSITIVE_INFINITY);
    }
    const loss = lossOf(observation);
    if (forgetNaN && Number.isNaN(loss)) continue;
    assignments.push(observation.assignment);
    losses.push(Number.isNaN(loss) ? Number.POSITIVE_INFINITY : loss);
  }
  for (; next < pending.length; next++) {
    const waiting = pending[next];
    if (waiting === undefined) continue;
    assignments.push(waiting.assignment);
    losses.push(Number.POSITIVE_INFINITY);
  }
  return { assignments, losses };
}

function lossOf({ result }: Observation): number {
  return result.kind === "failed" ? Number.POSITIVE_INFINITY : result.losses[0];
}
