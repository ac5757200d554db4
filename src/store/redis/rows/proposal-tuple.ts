import type { Assignment } from "../../../space/assignment.ts";
import type { Json } from "../../../trial/json.ts";
import { ORIGINS, type RunningReport, type Trial, type TrialPlan } from "../../../trial/trial.ts";
import { count, double, doubles, type Found, list, nullable, oneOf } from "./fields.ts";
import { corrupt } from "./stored-json.ts";

/** What was reserved of a trial. */
export type Proposal = Pick<Trial, "assignment" | "fidelity" | "origin" | "basis" | "memo" | "plan">;

/** From the list under `p`: see `trial-row.ts`. */
export function proposalFrom(found: Found): Proposal {
  const { key } = found;
  const [assignment, fidelity, origin, basis, memo, plan] = list(found);
  return {
    assignment: assignmentFrom({ key, value: assignment }),
    ...(fidelity === null ? {} : { fidelity: double({ key, value: fidelity }) }),
    origin: oneOf({ key, value: origin }, ORIGINS),
    basis: count({ key, value: basis }),
    memo: memo as Json, // `fromStored` gives nothing else
    plan: nullable(planFrom, { key, value: plan }),
  };
}

function planFrom({ key, value }: Found): TrialPlan {
  const [maxTrials, parallelism, running] = list({ key, value });
  const plan = {
    maxTrials: nullable(double, { key, value: maxTrials }),
    parallelism: double({ key, value: parallelism }),
  };
  if (running === undefined) return plan;
  return { ...plan, running: list({ key, value: running }).map((report) => runningFrom({ key, value: report })) };
}

function runningFrom({ key, value }: Found): RunningReport {
  const [number, step, last] = list({ key, value });
  return {
    number: count({ key, value: number }),
    step: count({ key, value: step }),
    value: double({ key, value: last }),
  };
}

export function assignmentFrom(found: Found): Assignment {
  const assignment = doubles(found);
  if (Object.values(assignment).every(Number.isFinite)) return assignment;
  throw corrupt(found.key, "an assignment with a number that is not finite");
}
