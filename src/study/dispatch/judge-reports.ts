import type { Report, Verdict } from "../../trial/report.ts";
import type { Trial } from "../../trial/trial.ts";
import type { DispatchHost } from "./dispatch.ts";

/** Reports of one trial, turned inward, and the verdict that it had been told before them. */
export interface Unjudged {
  readonly reports: readonly Report[];
  readonly known: Verdict;
}

/** Has a trial judged at its new reports, and tells of each with the verdict of then. @returns the last one */
export async function judgeReports(
  { prune, listener }: Pick<DispatchHost, "prune" | "listener">,
  trial: Trial,
  { reports, known }: Unjudged,
): Promise<Verdict> {
  const mayBePruned = trial.state === "running" && known === "continue";
  const prunedAt = mayBePruned ? await prune(trial.number, reports) : null;
  let verdict = known;
  for (const report of reports) {
    if (report === prunedAt) verdict = "prune";
    listener.reported(trial, report, verdict);
  }
  return verdict;
}
