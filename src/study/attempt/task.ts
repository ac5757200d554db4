import type { StudyRecord } from "../../store/study-record.ts";
import type { TrialTask } from "../../trial/task.ts";
import type { CompleteTrial, RunningTrial } from "../../trial/trial.ts";
import { trialSeed } from "../proposal/propose.ts";

/** What a slot is handed for a trial: to evaluate it, or to test what it left. */
export function taskOf(
  study: StudyRecord,
  trial: RunningTrial | CompleteTrial,
  { objective, token }: { readonly objective: string; readonly token: string },
): TrialTask {
  return {
    v: 1,
    study: study.name,
    trial: trial.number,
    attempt: trial.attempt,
    token,
    objective,
    version: trial.version,
    assignment: trial.assignment,
    fidelity: trial.fidelity ?? null,
    seed: trialSeed(study, trial.number),
    studySeed: study.seed,
    purpose: trial.state === "running" ? "search" : "test",
    resumedFrom: trial.state === "running" ? trial.resumedFrom : null,
  };
}
