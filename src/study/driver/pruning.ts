import { ParzenError, show } from "../../errors.ts";
import type { Pruner, PruningPlan, ReportedTrial } from "../../pruners/pruner.ts";
import type { Store } from "../../store/store.ts";
import type { Direction } from "../../store/study-record.ts";
import type { Report, Verdict } from "../../trial/report.ts";
import { allUntil, withReport } from "../../trial/reports.ts";
import { normalReport } from "../../trial/transition.ts";
import type { StudyView } from "../view/view.ts";
import { Turn } from "./turn.ts";

/** What judging a trial works on. */
export interface Pruning {
  readonly store: Pick<Store, "judge">;
  /** It has seen the report that is judged. */
  readonly view: StudyView;
  readonly pruner: Pruner;
}

/**
 * Has the pruner judge a running trial at reports of it, one after the other, and leaves the verdict for the trial.
 *
 * @returns the report at which it is pruned; null where it goes on
 */
export async function prune(
  { store, view, pruner }: Pruning,
  number: number,
  reports: readonly Report[],
): Promise<Report | null> {
  const turn = new Turn();
  for (const report of reports) {
    await turn.letOthersRun();
    if (verdictOf(pruner, { number, step: report.step }, view) === "continue") continue;
    await store.judge(view.study.name, number, "prune");
    return report;
  }
  return null;
}

/**
 * Of reports that a running trial makes at once, those up to the one at which it would be pruned, all where it would not.
 * None is stored yet, and the view has seen all before them.
 */
export async function untilPruned(
  { view, pruner }: Omit<Pruning, "store">,
  number: number,
  reports: readonly Report[],
): Promise<readonly Report[]> {
  const turn = new Turn();
  let known = view.trials[number]?.reports ?? [];
  for (const [at, report] of reports.entries()) {
    await turn.letOthersRun();
    known = withReport(known, normalReport(report));
    const trial = { number, state: "running", reports: allUntil(known, report.step) } as const;
    const { others } = view.reported.around(number);
    if (judgedBy(pruner, { trial, others }, view) === "prune") return reports.slice(0, at + 1);
  }
  return reports;
}

/** Whether a pruner is worth asking. */
export function decides({ name }: Pruner): boolean {
  return name !== "none";
}

/** What a pruner says of a running trial at its report of `step`, whatever it has reported since. */
function verdictOf(pruner: Pruner, at: { readonly number: number; readonly step: number }, view: StudyView): Verdict {
  const { trial, others } = view.reported.around(at.number);
  if (trial === null || trial.state !== "running") return "continue";
  return judgedBy(pruner, { trial: { ...trial, reports: allUntil(trial.reports, at.step) }, others }, view);
}

/** What a pruner says: one of the user's own may say anything. */
function judgedBy(pruner: Pruner, { trial, others }: Judged, view: StudyView): Verdict {
  const said: unknown = pruner.judge(trial, others, planOf(view));
  if (said === "continue" || said === "prune") return said;
  const message = `the pruner "${pruner.name}" gave ${show(said)} for a verdict: expected "continue" or "prune"`;
  throw new ParzenError("OPTION_INVALID", message);
}

interface Judged {
  readonly trial: ReportedTrial;
  readonly others: readonly ReportedTrial[];
}

function planOf({ study: { fidelity } }: StudyView): PruningPlan {
  return fidelity === undefined ? {} : { fidelity };
}

/** The same pruner for the inner direction, in which lower is better. */
export function inward(pruner: Pruner, direction: Direction): Pruner {
  return direction === "maximize" ? (pruner.turned?.() ?? pruner) : pruner;
}
