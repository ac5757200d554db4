import type { StudyTrial } from "../../src/study/study-trial.ts";

/** A trial for programs: `number`, `state`, `loss` (null unless complete) and `params` first, then all it has. */
export function trialJson(trial: StudyTrial<unknown>): object {
  const { number, state, params, ...others } = trial;
  return { number, state, loss: null, params, ...withoutLog(others) };
}

/** A list does not carry the logs: they are not read for it. */
export function withoutLog<T extends object>(trial: T): Omit<T, "log"> {
  return Object.fromEntries(Object.entries(trial).filter(([key]) => key !== "log")) as Omit<T, "log">; // only `log` went
}
