import type { Pruner } from "../pruners/pruner.ts";
import type { Report, Verdict } from "../trial/report.ts";
import type { StudyView } from "./view.ts";

/** What a pruner says of a running trial, given every trial that reported. */
export function verdictOf(pruner: Pruner, number: number, view: StudyView): Verdict {
  const reported = view.reported();
  const trial = reported.find((each) => each.number === number);
  const reports: readonly Report[] = trial?.reports ?? [];
  const others = reported.filter((each) => each !== trial);
  return pruner.judge({ number, state: "running", reports }, others);
}
