import { ParzenError } from "../../src/errors.ts";
import type { StudyView } from "../../src/study/view/view.ts";
import { sameStore } from "../study/go-on.ts";
import { refuseLive } from "../study/study-state.ts";
import type { RunPlan } from "./plan.ts";

/** @throws STUDY_LIVE where another process runs the study */
export function refuseSecondRun(view: StudyView, plan: RunPlan): void {
  refuseLive(view, waysOf(plan));
}

/** What a driver threw. Where another process runs the study, as only the driver could see, with the commands to choose from. */
export function withWays(error: unknown, plan: RunPlan): unknown {
  if (!(error instanceof ParzenError && error.code === "STUDY_LIVE")) return error;
  return new ParzenError("STUDY_LIVE", error.message, { hint: waysOf(plan), cause: error });
}

function waysOf({ name, flags }: RunPlan): string {
  return `Add --join to run it from here too, or stop that process with: ${sameStore(flags, "stop", name)}`;
}
