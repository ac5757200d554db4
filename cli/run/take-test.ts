import { ParzenError } from "../../src/errors.ts";
import type { EndReason } from "../../src/study/view/stopping.ts";
import type { LoadedSweep } from "../../src/sweep/load.ts";
import { countsOf } from "../study/study-view.ts";
import type { Session } from "./session.ts";
import type { RunEnd } from "./summary.ts";

/** Why the last step of a run was not taken, as a sentence; null where it was, or where there is none to take. */
export type TestProblem = string | null;

/** Ends after which the search counts as done; after any other it goes on some time. */
const DONE: ReadonlySet<EndReason> = new Set(["maxTrials", "timeout", "targetLoss", "patience", "exhausted"]);

/** A run whose search has ended, as far as its last step goes. */
export type Ended = Pick<Session, "stops" | "plan" | "view">;

/**
 * Whether the last step of a run is still to be taken: the search is over, and its best trial has no figure of the test
 * split.
 */
export function isTestDue({ stops, plan, view }: Ended, { reason }: RunEnd): boolean {
  const { best } = view;
  if (!DONE.has(reason) || stops.exitCode() !== null || best === null || !isTestable(plan.sweep)) return false;
  if (countsOf(view).running > 0) return false; // the process that runs them may find a better one, and takes it then
  return view.study.tests.every((test) => test.trial !== best.number);
}

/** The last step of a run, if it is due: the best trial's model on the sealed test split, once. */
export async function takeTest(session: Session, end: RunEnd): Promise<TestProblem> {
  const { study, evaluation, stops, plan, view } = session;
  const { best } = view;
  if (best === null || !isTestDue(session, end)) return null;
  if (best.version !== plan.sweep.version) return `trial ${best.number} ran other code than the sweep has now`;
  try {
    await study.test(evaluation.tester, best.number);
    return null;
  } catch (error) {
    if (!(error instanceof ParzenError && error.code === "NO_TEST")) throw error;
    return stops.halt.aborted ? "this run was interrupted" : error.message;
  }
}

function isTestable({ objective }: LoadedSweep): boolean {
  return typeof objective === "object" && objective !== null;
}
