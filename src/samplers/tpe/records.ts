import type { Assignment } from "../../space/assignment.ts";
import type { Observation } from "../../trial/observation.ts";
import type { ProposalRequest } from "../sampler.ts";

/** The trials that both models are made of, in order of their numbers, imported ones first. */
export interface Records {
  readonly assignments: readonly Assignment[];
  /** Never NaN; +Infinity for what failed, is pending, or gave NaN. */
  readonly losses: Float64Array;
}

/**
 * Finished and pending trials in one order.
 *
 * @param forgetNaN leaves trials of NaN loss out, as Hyperopt does, instead of counting them among the worst
 */
export function recordsOf({ observations, pending }: ProposalRequest, forgetNaN: boolean): Records {
  const assignments = new Array<Assignment>(observations.length + pending.length);
  const losses = new Float64Array(assignments.length);
  let count = 0;
  const add = (assignment: Assignment, loss: number): void => {
    assignments[count] = assignment;
    losses[count++] = loss;
  };
  let next = 0;
  const addPending = (until: number): void => {
    for (let waiting = pending[next]; waiting && waiting.number < until; waiting = pending[++next]) {
      add(waiting.assignment, Number.POSITIVE_INFINITY);
    }
  };
  for (const observation of observations) {
    addPending(observation.number ?? -1);
    const loss = lossOf(observation);
    if (!Number.isNaN(loss)) add(observation.assignment, loss);
    else if (!forgetNaN) add(observation.assignment, Number.POSITIVE_INFINITY);
  }
  addPending(Number.POSITIVE_INFINITY);
  assignments.length = count;
  return { assignments, losses: losses.subarray(0, count) };
}

function lossOf({ result }: Observation): number {
  return result.kind === "failed" ? Number.POSITIVE_INFINITY : result.losses[0];
}
