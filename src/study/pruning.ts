import type { Pruner, ReportedTrial } from "../pruners/pruner.ts";
import type { Verdict } from "../trial/report.ts";
import type { RunningTrial, Trial } from "../trial/trial.ts";

/** What a pruner says of a running trial, given all trials of its study as they are now. */
export function verdictOf(pruner: Pruner, trial: RunningTrial, trials: readonly Trial[]): Verdict {
  const others = trials.flatMap((other) => (other.number === trial.number ? [] : reported(other)));
  const { number, reports } = trials[trial.number] ?? trial;
  return pruner.judge({ number, state: "running", reports }, others);
}

function reported({ number, state, reports }: Trial): readonly ReportedTrial[] {
  return state === "running" || state === "complete" || state === "pruned" ? [{ number, state, reports }] : [];
}
