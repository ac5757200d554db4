import type { StudyTrial } from "../../src/study/study-trial.ts";

/** A trial for programs: `number`, `state`, `loss` (null unless complete) and `params` first, then all it has. */
export function trialJson(trial: StudyTrial<unknown>): object {
  const { number, state, params, ...rest } = trial;
  const { log: _, ...others } = { log: "", ...rest }; // a list is read without the logs
  return { number, state, loss: null, params, ...others };
}
